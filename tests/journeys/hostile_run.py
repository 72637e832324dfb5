"""Hostile requests against a running shop, over sockets: `python -m tests.journeys.hostile_run --requests 20000 --seed 18`

Sent to this machine only, with a fixed seed. Every finished request must be answered or its connection closed within
WAIT seconds, nothing may end in a status 5xx but the deliberate 503, and afterwards the shop has as many threads, about
as many open files and about as much memory as before. Prints what was answered to each kind, and exits with 1 if not.
"""

import argparse
import shutil
import socket
import struct
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.journeys import running_shops
from tests.journeys.hostile_requests import HostileRequest, random_request
from tests.journeys.running_shops import Stack
from tests.journeys.steady_run import all_processes, open_files, pss

WAIT = 20  # seconds for an answer
LEFT_AFTER = 0.2  # seconds in which an unfinished request may be answered, before the client goes away
MORE_FILES = 40  # connections to the database and files of the cache


@dataclass
class Report:
    """`answers`: (kind, status) -> how many; `failures`: what no client may get."""

    answers: Counter[tuple[str, str]] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, request: HostileRequest, status: str, seconds: float) -> None:
        self.answers[request.kind, status] += 1
        self.slowest = max(self.slowest, seconds)
        if (status.startswith("5") and status != "503") or status in ("silence", "no connection"):
            self.failures.append(f"{status} {request.kind}: {request.content[:300]!r}")


def status_of(port: int, request: HostileRequest) -> str:
    """Three digits; "closed" without an answer; "left" by us; "silence" after WAIT seconds; "no connection"."""
    try:
        client = socket.create_connection(("127.0.0.1", port), timeout=WAIT)
    except OSError:
        return "no connection"
    with client:
        try:
            client.sendall(request.content)
            if request.ending == "reset":
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                return "left"
            client.settimeout(WAIT if request.ending == "answered" else LEFT_AFTER)
            first = client.recv(4096)
            status = first[9:12].decode("latin-1") if first.startswith(b"HTTP/") else "closed"
            while first and request.ending == "answered" and client.recv(65_536):
                pass
        except TimeoutError:
            return "silence" if request.ending == "answered" else "left"
        except OSError:  # closed while we still sent: it was refused
            return "closed"
    return status


def send_all(port: int, requests: int, seed: int, clients: int, ends_at: float) -> Report:
    report, lock = Report(), threading.Lock()

    def send(random: Random, number: int) -> None:
        for _ in range(number):
            if time.monotonic() > ends_at:
                return
            request, started = random_request(random), time.monotonic()
            status = status_of(port, request)
            with lock:
                report.note(request, status, time.monotonic() - started)

    threads = [
        threading.Thread(target=send, args=(Random(f"{seed}-{n}"), requests // clients))
        for n in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return report


@dataclass(frozen=True)
class State:
    """Of all processes of the shop: threads, open files, PSS in MB."""

    threads: int
    files: int
    memory: float

    @classmethod
    def of(cls, stack: Stack) -> "State":
        pids = all_processes(stack.processes["run"].pid)
        return cls(
            threads=sum(len(list(Path(f"/proc/{pid}/task").iterdir())) for pid in pids),
            files=sum(map(open_files, pids)),
            memory=round(sum(map(pss, pids)) / 1e6, 1),
        )


def warm_up(port: int, seed: int) -> None:
    """So that what the shop keeps from its first pages is not taken for growth."""
    send_all(port, 600, seed + 1, 4, time.monotonic() + 120)
    time.sleep(3)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.hostile_run", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=18)
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=600, help="end earlier")
    parser.add_argument("--copy-of", type=Path, help="a data folder that is set up, which spares the seeding")
    parser.add_argument("--patience", type=float, default=300, help="seconds until the shop has to be there")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cupwell-hostile-") as folder:
        if options.copy_of:
            shutil.copytree(options.copy_of, folder, dirs_exist_ok=True)
        return run(Path(folder), options)


def run(folder: Path, options: argparse.Namespace) -> int:
    """0 if nothing was wrong."""
    with running_shops.embedded(folder, patience=options.patience) as stack:
        port = int(stack.environment["PORT"])
        warm_up(port, options.seed)
        before, started = State.of(stack), time.monotonic()
        report = send_all(port, options.requests, options.seed, options.clients, started + options.seconds)
        took = time.monotonic() - started
        time.sleep(25)  # the server's own time limits for what was left unfinished
        after = State.of(stack)
        last = status_of(
            port, HostileRequest("last", b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        )
    for (kind, status), number in sorted(report.answers.items()):
        print(f"{number:>6}  {kind:24} {status}")
    print(
        f"{report.answers.total()} requests in {took:.0f} s, the slowest {report.slowest:.1f} s; home afterwards: {last}"
    )
    print(f"before {before}\nafter  {after}", *report.failures[:20], sep="\n")
    is_calm = after.threads <= before.threads and after.files <= before.files + MORE_FILES
    return int(bool(report.failures) or last != "200" or not is_calm)


if __name__ == "__main__":
    sys.exit(main())
