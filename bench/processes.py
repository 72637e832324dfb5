"""The shop as child processes, and what they use, read from /proc."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Shop:
    url: str
    pid: int
    data: Path
    environment: dict[str, str]


@contextlib.contextmanager
def shop(port: int, **environment: str) -> Iterator[Shop]:
    """`manage.py run` in a folder of its own, seeded, until the block ends."""
    with tempfile.TemporaryDirectory(prefix="cupwell-bench-") as folder:
        settings = {"DATA_DIR": folder, "PORT": str(port), "HOST": "127.0.0.1", "LOG_LEVEL": "WARNING"}
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run"],
            cwd=ROOT,
            env=os.environ | settings | environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz", process)
            yield Shop(url, process.pid, Path(folder), settings | environment)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@contextlib.contextmanager
def web_beside(shop: Shop, port: int, **environment: str) -> Iterator[str]:
    """Another web server on the data of a running shop, with other settings; its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from store.management.commands.run import web_command; import os; c = web_command(); os.execv(c[0], c)"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "store.settings"} | shop.environment | {"PORT": str(port)} | environment,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_for(url: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the shop ended with {process.returncode} before it answered")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def family(pid: int) -> list[int]:
    """The process and all below it."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            text = stat.read_text()
            parents.setdefault(int(text.rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
    found, queue = [], [pid]
    while queue:
        one = queue.pop()
        found.append(one)
        queue += parents.get(one, [])
    return found


def cpu_seconds(pid: int) -> float:
    """User and system time of the family so far."""
    total = 0
    for one in family(pid):
        with contextlib.suppress(OSError):
            parts = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(parts[11]) + int(parts[12])
    return total / TICK


def memory_mb(pid: int) -> dict[str, float]:
    """Proportional set size in MB, by command line (what sharing leaves)."""
    sizes: dict[str, float] = {}
    for one in family(pid):
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            words = Path(f"/proc/{one}/cmdline").read_text().split("\0")
            name = next((w for w in words if w in ("granian", "worker", "beat", "run")), words[0][-20:])
            sizes[name] = sizes.get(name, 0) + pss / 1024
    return sizes
