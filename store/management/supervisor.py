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
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from functools import partial
from typing import Any

from store.parent_process import end_with_parent

MIN_LIFETIME = 5.0  # seconds; a child that exits earlier is restarted after a pause that doubles each time
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds
MAX_FAILED_STARTS = 3  # of web, before it was ever reached: then the shop can't open at all
STOP_TIMEOUT = 8.0  # seconds from SIGTERM to SIGKILL
KILL_TIMEOUT = 3.0  # seconds from SIGKILL to giving up on all processes
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(slots=True)
class Child:
    """A process in its own process group, so that a signal also reaches what it started.

    Nothing of it outlives it or the supervisor: a server process whose parent was killed would go on serving beside
    its successor, and after the shop was closed.
    """

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    early_exits: int = 0
    restart_at: float = 0.0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = _start(self.command)

    def send_signal(self, signal_number: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal_number)

    def kill_group(self) -> None:
        """SIGKILL the process, or what it left behind."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    @property
    def has_exited(self) -> bool:
        return self.process is None or self.process.poll() is not None


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a command in a process group of its own that ends with the supervisor, however that ended."""
    return subprocess.Popen(  # noqa: S603
        command,
        start_new_session=True,
        preexec_fn=partial(end_with_parent, os.getpid(), signal.SIGTERM),  # noqa: PLW1509 - this process has one thread
    )


def supervise(plan: dict[str, Any]) -> int:
    """Start all children, restart those that exit, stop all on Ctrl-C.

    Each child is restarted on its own: the shop stays open while the worker is ill, and the other way round. Returns
    the exit code: 0 after a signal, 1 when the seed failed or web could not start at all.
    """
    children = [Child(name, command) for name, command in plan["children"].items()]
    _stop_asked.clear()
    for signal_number in STOP_SIGNALS:  # a background shell starts us with SIGINT ignored
        signal.signal(signal_number, _raise_interrupt)
    try:
        # A new shop is seeded before it opens; an existing one opens first, then a cut-short seed is completed.
        if plan["is_new"] and not _run_seed(plan):
            return 1
        web, *others = children
        web.start()  # alone at first, so that the first page does not share the cores
        if not _open_web(plan, web):
            return 1
        for child in others:
            child.start()
        if not plan["is_new"]:
            _run_seed(plan)
        while True:
            _require_open()
            for child in children:
                _keep_running(child)
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nClosing the shop …", flush=True)
    finally:
        _stop_all(children)
    return 0


def _run_seed(plan: dict[str, Any]) -> bool:
    """Two seeds would run side by side if one outlived the supervisor that the next start replaces."""
    seed = _start(plan["seed"])
    try:
        while seed.poll() is None:
            _require_open()
            time.sleep(0.1)
        return seed.returncode == 0
    finally:
        seed.kill()  # what Ctrl-C left behind
        _wait_for_end([seed])


def _open_web(plan: dict[str, Any], web: Child) -> bool:
    """Wait until web answers and say where; False when it exited several times before it ever did."""
    for _ in range(MAX_FAILED_STARTS):
        if _wait_for_web(plan["probe"], web):
            _print_lines(plan["lines"])
            return True
        if not web.has_exited:
            return True  # slow, but alive
        web.kill_group()
        web.start()
    _log(f"web ended {MAX_FAILED_STARTS} times before it answered; see its last lines above.")
    _log(f"Is port {plan['port']} taken? Try: make run PORT={plan['port'] + 1}")
    return False


def _keep_running(child: Child) -> None:
    """Restart the child if it has exited, after a pause when it did not last. It is never given up.

    A worker that dies loses nothing: the queue is in the database.
    """
    if not child.has_exited:
        return
    now = time.monotonic()
    if not child.restart_at:
        child.kill_group()
        exit_code = child.process.returncode if child.process else "?"
        child.early_exits = child.early_exits + 1 if now - child.started < MIN_LIFETIME else 0
        pause = min(FIRST_PAUSE * 2 ** (child.early_exits - 1), LONGEST_PAUSE) if child.early_exits else 0.0
        child.restart_at = now + pause
        _log(
            f"{child.name} ended (exit {exit_code}); starting it again"
            + (f" in {pause:.0f} s." if pause else ".")
        )
    if now >= child.restart_at:
        child.restart_at = 0.0
        child.start()


def _wait_for_web(probe: str, web: Child) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not web.has_exited:
        _require_open()
        try:
            # As the proxy of a public shop asks, which would be sent on to https otherwise
            request = urllib.request.Request(probe, headers={"X-Forwarded-Proto": "https"})  # noqa: S310
            urllib.request.urlopen(request, timeout=2).close()  # noqa: S310
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


_stop_asked = threading.Event()


def _raise_interrupt(*_: object) -> None:
    """Python drops an exception that a signal raises in a finalizer or a callback: the request is remembered, too.

    Raised once: a second signal would cut short what ends the children.
    """
    if not _stop_asked.is_set():
        _stop_asked.set()
        raise KeyboardInterrupt


def _require_open() -> None:
    """Raises KeyboardInterrupt when the shop was asked to stop."""
    if _stop_asked.is_set():
        raise KeyboardInterrupt


def _stop_all(children: list[Child]) -> None:
    """SIGTERM, then SIGKILL after STOP_TIMEOUT, so that no child outlives this process. A second signal, as of an
    impatient service manager, changes nothing: it would cut this short and leave children that do not end."""
    _stop_asked.set()
    for signal_number in STOP_SIGNALS:
        signal.signal(signal_number, signal.SIG_IGN)
    for child in children:
        child.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_TIMEOUT
    while time.monotonic() < deadline and not all(child.has_exited for child in children):
        time.sleep(0.05)
    for child in children:
        child.kill_group()
    _wait_for_end([child.process for child in children if child.process])


def _wait_for_end(killed: "list[subprocess.Popen[bytes]]") -> None:
    """At most KILL_TIMEOUT for all of them together: the kernel may still be writing for one."""
    deadline = time.monotonic() + KILL_TIMEOUT
    for process in killed:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(max(0.0, deadline - time.monotonic()))


if __name__ == "__main__":
    raise SystemExit(supervise(json.loads(sys.argv[1])))
