"""See the package. Prints a row for each fault and system; `--mails 200 --kills 10 --seed 1 --only kill`."""

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.machine import describe
from bench.mail_beside_others.systems import Ours, PlainCelery, PostOffice, System, kill
from tests.faults.recall_run import own_database
from tests.faults.smtp_server import Fault, FaultySmtp

REPLY_SECONDS = 0.02  # of the mail server, for each mail
REFUSING_SECONDS, STALLING_SECONDS = 15, 10
HOURS_BACK = 2
SETTLED_SECONDS = 15  # after the last mail, in which a further copy would come
QUIET_SECONDS = 60  # without any mail: no more will come; a worker takes seconds to start
LIMIT_SECONDS = 400


class TimedList(list[bytes]):
    """The mails that a server took, and when the last came."""

    last_at = 0.0

    def append(self, raw: bytes) -> None:
        self.last_at = time.monotonic()
        super().append(raw)


@dataclass
class Run:
    system: System
    server: FaultySmtp
    mails: int
    kills: int
    chance: random.Random
    workers: list = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)

    def start(self, **environment: str) -> None:
        self.workers.append(self.system.start_worker(**environment))

    def kill_workers(self) -> None:
        for worker in self.workers:
            kill(worker)
        self.workers.clear()

    def copies(self) -> Counter[str]:
        return Counter(self.server.headers(self.system.header))

    def wait_for_mails(self, count: int) -> None:
        ends_at = time.monotonic() + QUIET_SECONDS
        while len(self.server.accepted) < count and time.monotonic() < ends_at:
            time.sleep(0.005)

    def wait_for_the_end(self) -> None:
        """Until every mail has arrived and no copy followed, or nothing moves any more."""
        planned, ends_at, quiet_since = (
            self.system.planned(),
            time.monotonic() + LIMIT_SECONDS,
            time.monotonic(),
        )
        while time.monotonic() < ends_at:
            last = max(quiet_since, self.server.accepted.last_at)
            patience = SETTLED_SECONDS if planned <= set(self.copies()) else QUIET_SECONDS
            if time.monotonic() - last > patience:
                return
            time.sleep(0.5)


def killed(run: Run) -> None:
    run.start()
    for number in range(1, run.kills + 1):
        run.wait_for_mails(number * run.mails // (run.kills + 2))
        time.sleep(run.chance.uniform(0, 2 * REPLY_SECONDS))
        run.kill_workers()
        run.start()


def refused(run: Run) -> None:
    _faulty(run, Fault("rcpt", "451 4.3.0 try again later"), REFUSING_SECONDS)


def stalled(run: Run) -> None:
    _faulty(run, Fault("hello", "stall"), STALLING_SECONDS)


def _faulty(run: Run, fault: Fault, seconds: float) -> None:
    """Every connection of some seconds from the first on."""
    run.server.faults = [fault] * 100_000
    run.start()
    while len(run.server.faults) == 100_000:
        time.sleep(0.1)
    time.sleep(seconds)
    run.server.faults = []


def broker_emptied(run: Run) -> None:
    run.system.empty_broker()
    run.start()


def clock_set_back(run: Run) -> None:
    run.start(CLOCK_BEHIND=str(HOURS_BACK * 3600))


def everything_twice(run: Run) -> None:
    """It was planned twice; two workers on two machines send."""
    run.start()
    run.start()


FAULTS: dict[str, Callable[[Run], None]] = {
    "kill -9 while sending": killed,
    "server refuses with 451": refused,
    "server stalls": stalled,
    "broker emptied before sending": broker_emptied,
    "clock set back two hours": clock_set_back,
    "every event twice, two workers": everything_twice,
}


@contextmanager
def systems(server: FaultySmtp, name: str, given: argparse.Namespace) -> Iterator[System]:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="beside-others-")))
        if name == "ours-sqlite":
            yield Ours(server, folder, database="", redis_url="")
        elif name == "ours-postgresql":
            database = stack.enter_context(own_database(given.database))
            yield Ours(server, folder, database=database, redis_url=given.redis)
        elif name == "post-office":
            database = stack.enter_context(own_database(given.database))
            yield PostOffice(server, given.python, database=database)
        else:
            yield PlainCelery(server, given.python, redis_url=given.redis, acks_late=name == "celery-late")


NAMES = ("ours-sqlite", "ours-postgresql", "post-office", "celery-early", "celery-late")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", help="of the environment with the others")
    parser.add_argument("--database", default="postgres://postgres@127.0.0.1:5432/postgres")
    parser.add_argument(
        "--redis", default="redis://127.0.0.1:6379/11", help="a database of it that is emptied"
    )
    parser.add_argument("--mails", type=int, default=200)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a pattern of the faults to try")
    parser.add_argument("--systems", nargs="*", default=NAMES, choices=NAMES)
    given = parser.parse_args()
    print(f"{describe()}; seed {given.seed}, {given.mails} mails", flush=True)
    print("| Fault | System | Not sent | On its record | Doubled | Doubled on purpose | Last after, s |")
    print("|---|---|---|---|---|---|---|")
    for fault in FAULTS:
        for name in given.systems if re.search(given.only, fault) else ():
            print(measured(fault, name, given), flush=True)


def measured(fault: str, name: str, given: argparse.Namespace) -> str:
    with FaultySmtp(seconds=REPLY_SECONDS) as server, systems(server, name, given) as system:
        server.accepted = TimedList()
        system.plan(given.mails, twice=FAULTS[fault] is everything_twice)
        run = Run(system, server, given.mails, given.kills, random.Random(given.seed))
        try:
            FAULTS[fault](run)
            run.wait_for_the_end()
            return _row(fault, run)
        finally:
            run.kill_workers()


def _row(fault: str, run: Run) -> str:
    copies, planned = run.copies(), run.system.planned()
    record = ", ".join(f"{count} {state}" for state, count in run.system.on_record().items())
    further = sum(copies.values()) - len(copies)
    meant = run.system.meant_again(copies)
    last = run.server.accepted.last_at - run.began if copies else 0
    return (
        f"| {fault} | {run.system.name} | {len(planned - set(copies))} | {record or '–'} | {further - meant} | {meant}"
        f" | {last:.0f} |"
    )


if __name__ == "__main__":
    main()
