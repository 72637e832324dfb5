"""Runs the shop as child processes and reads their CPU time and memory from /proc."""

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

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class RunningShop:
    url: str
    pid: int
    data: Path
    environment: dict[str, str]


@contextlib.contextmanager
def run_shop(port: int, **environment: str) -> Iterator[RunningShop]:
    """Run `manage.py run` with a temporary data folder until the block ends; yields when it is seeded and healthy."""
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
            wait_until_healthy(f"{url}/healthz", process)
            yield RunningShop(url, process.pid, Path(folder), settings | environment)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)


@contextlib.contextmanager
def run_second_web_server(shop: RunningShop, port: int, **environment: str) -> Iterator[str]:
    """Run another web server on the data of a running shop, with other settings; yields its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", "from store.management.commands.run import web_command; import os; c = web_command(); os.execv(c[0], c)"],
        cwd=ROOT,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "store.settings"} | shop.environment | {"PORT": str(port)} | environment,
    )  # fmt: skip
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/healthz", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


@contextlib.contextmanager
def run_hello(port: int, size: int) -> Iterator[tuple[str, int]]:
    """Run `bench.hello` with the web server's own settings; yields its address and process id."""
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--backpressure", "256", "--no-ws",
        "--log-level", "warning", "bench.hello:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | {"HELLO_BYTES": str(size)})
    try:
        wait_until_healthy(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def wait_until_healthy(url: str, process: subprocess.Popen[bytes], seconds: float = 180) -> None:
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


def process_tree(pid: int) -> list[int]:
    """Ids of the process and its descendants."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            text = stat.read_text()
            parents.setdefault(int(text.rsplit(")", 1)[1].split()[1]), []).append(int(stat.parent.name))
    process_ids, queue = [], [pid]
    while queue:
        process_id = queue.pop()
        process_ids.append(process_id)
        queue += parents.get(process_id, [])
    return process_ids


def cpu_seconds(pid: int) -> float:
    """User and system time of the process tree so far."""
    total = 0
    for process_id in process_tree(pid):
        with contextlib.suppress(OSError):
            parts = Path(f"/proc/{process_id}/stat").read_text().rsplit(")", 1)[1].split()
            total += int(parts[11]) + int(parts[12])
    return total / TICKS_PER_SECOND


def memory_mb(pid: int) -> dict[str, float]:
    """Proportional set size in MB by command; memory shared between processes is divided among them."""
    sizes: dict[str, float] = {}
    for process_id in process_tree(pid):
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{process_id}/smaps_rollup").read_text()
            pss = next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            words = Path(f"/proc/{process_id}/cmdline").read_text().split("\0")
            name = next((w for w in words if w in ("granian", "worker", "beat", "run")), words[0][-20:])
            sizes[name] = sizes.get(name, 0) + pss / 1024
    return sizes
