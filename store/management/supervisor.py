"""Keeps the shop's processes alive. Standard library only: the keeper itself should weigh next to nothing.

`manage.py run` prepares the data and then becomes this, with a plan as JSON:
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

QUICK_DEATH = 5.0  # seconds; a child that lives shorter than this, three times in a row, will not get better
PATIENCE = 8.0  # seconds that a child has to end by itself


@dataclass(slots=True)
class Child:
    """A process of ours in its own group, so that ending it ends what it started."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603

    def end(self, sign: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, sign)

    @property
    def is_gone(self) -> bool:
        return self.process is None or self.process.poll() is not None


def keep(plan: dict[str, Any]) -> int:
    """Start all, restart what dies, end all on Ctrl-C. The exit code: 0 when asked to end, 1 when it can't live."""
    for sign in (
        signal.SIGINT,
        signal.SIGTERM,
        signal.SIGHUP,
    ):  # a background shell hands SIGINT down as ignored
        signal.signal(sign, _interrupt)
    children = [Child(name, command) for name, command in plan["children"].items()]
    code = 0
    try:
        # A new shop is filled before anybody sees it; one that was filled before opens while we look again.
        if plan["is_new"] and not _seeded(plan):
            return 1
        web, *others = children
        web.start()  # alone at first: what opens the first page should not share the cores
        if _wait_for_web(plan["probe"], web):
            _announce(plan["lines"])
        for child in others:
            child.start()
        if not plan["is_new"]:
            _seeded(plan)
        while all(_alive(child, plan["port"]) for child in children):
            time.sleep(0.5)
        code = 1
    except KeyboardInterrupt:
        print("\nClosing the shop …", flush=True)
    finally:
        _end(children)
    return code


def _seeded(plan: dict[str, Any]) -> bool:
    return subprocess.call(plan["seed"]) == 0  # noqa: S603


def _alive(child: Child, port: int) -> bool:
    """True when it lives, or lives again. Rows are the queue, so a death loses nothing."""
    if not child.is_gone:
        return True
    code = child.process.returncode if child.process else "?"
    short = time.monotonic() - child.started < QUICK_DEATH
    child.quick_deaths = child.quick_deaths + 1 if short else 0
    if child.quick_deaths >= 3:
        _say(f"{child.name} ended three times at once (exit {code}); see its last lines above.")
        if child.name == "web":
            _say(f"Is port {port} taken? Try: make run PORT={port + 1}")
        return False
    _say(f"{child.name} ended (exit {code}); starting it again.")
    child.start()
    return True


def _wait_for_web(probe: str, web: Child) -> bool:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not web.is_gone:
        try:
            urllib.request.urlopen(probe, timeout=2).close()  # noqa: S310
        except urllib.error.HTTPError:
            return True  # it answers; what it says is its own matter
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _announce(lines: list[list[str]]) -> None:
    for what, where in lines:
        print(f"  {what:<12} {where}")
    print("  Ctrl-C closes it all.", flush=True)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(children: list[Child]) -> None:
    """Ask, wait, insist. No child outlives us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        child.end(signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and not all(child.is_gone for child in children):
        time.sleep(0.05)
    for child in children:
        child.end(signal.SIGKILL)
        if child.process:
            child.process.wait()


if __name__ == "__main__":
    raise SystemExit(keep(json.loads(sys.argv[1])))
