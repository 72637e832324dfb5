"""Supervises the shop's processes. Standard library only, to use little memory.

`manage.py run` prepares the data and then replaces itself by this module, with a plan as JSON:
{"seed": [command], "is_new": bool, "children": {name: [command]}, "probe": url, "port": int, "lines": [[what, where]]}
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

MIN_LIFETIME = 5.0  # seconds; a child that exits earlier three times in a row is not restarted again
STOP_TIMEOUT = 8.0  # seconds from SIGTERM to SIGKILL


@dataclass(slots=True)
class Child:
    """A process in its own process group, so that a signal also reaches what it started."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    early_exits: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603

    def send_signal(self, signal_number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal_number)

    @property
    def has_exited(self) -> bool:
        return self.process is None or self.process.poll() is not None


def supervise(plan: dict[str, Any]) -> int:
    """Start all children, restart those that exit, stop all on Ctrl-C.

    Returns the exit code: 0 after a signal, 1 when the seed failed or a child keeps exiting.
    """
    for signal_number in (
        signal.SIGINT,
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # a background shell starts us with SIGINT ignored
        signal.signal(signal_number, _raise_interrupt)
    children = [Child(name, command) for name, command in plan["children"].items()]
    exit_code = 0
    try:
        # A new shop is seeded before it opens; an existing one opens first, then a cut-short seed is completed.
        if plan["is_new"] and not _run_seed(plan):
            return 1
        web, *others = children
        web.start()  # alone at first, so that the first page does not share the cores
        if _wait_for_web(plan["probe"], web):
            _print_lines(plan["lines"])
        for child in others:
            child.start()
        if not plan["is_new"]:
            _run_seed(plan)
        while all(_keep_running(child, plan["port"]) for child in children):
            time.sleep(0.5)
        exit_code = 1
    except KeyboardInterrupt:
        print("\nClosing the shop …", flush=True)
    finally:
        _stop_all(children)
    return exit_code


def _run_seed(plan: dict[str, Any]) -> bool:
    return subprocess.call(plan["seed"]) == 0  # noqa: S603


def _keep_running(child: Child, port: int) -> bool:
    """Restart the child if it has exited; False after three early exits.

    A worker that dies loses nothing: the queue is in the database.
    """
    if not child.has_exited:
        return True
    exit_code = child.process.returncode if child.process else "?"
    exited_early = time.monotonic() - child.started < MIN_LIFETIME
    child.early_exits = child.early_exits + 1 if exited_early else 0
    if child.early_exits >= 3:
        _log(f"{child.name} ended three times at once (exit {exit_code}); see its last lines above.")
        if child.name == "web":
            _log(f"Is port {port} taken? Try: make run PORT={port + 1}")
        return False
    _log(f"{child.name} ended (exit {exit_code}); starting it again.")
    child.start()
    return True


def _wait_for_web(probe: str, web: Child) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not web.has_exited:
        try:
            urllib.request.urlopen(probe, timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return True  # any response means that it is up
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _print_lines(lines: list[list[str]]) -> None:
    for label, value in lines:
        print(f"  {label:<12} {value}")
    print("  Ctrl-C closes it all.", flush=True)


def _log(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def _raise_interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop_all(children: list[Child]) -> None:
    """SIGTERM, then SIGKILL after STOP_TIMEOUT, so that no child outlives this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT
    while time.monotonic() < deadline and not all(child.has_exited for child in children):
        time.sleep(0.05)
    for child in children:
        child.send_signal(signal.SIGKILL)
        if child.process:
            child.process.wait()


if __name__ == "__main__":
    raise SystemExit(supervise(json.loads(sys.argv[1])))
