"""A recall whose process is killed again and again, with its figures:

`python -m tests.faults.recall_run [--orders 20000] [--kills 50] [--seed 7] [--database postgres://…]`

Ends with 1 if a buyer was not told or a mail was doubled that need not be. The database is made and dropped here.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

from tests.faults.fixture_data import MailStack
from tests.faults.smtp_server import FaultySmtp

LEASE_SECONDS = "15"  # a new process on a busy machine needs more than the tests' three for its first mail


@dataclass(frozen=True, slots=True)
class Reach:
    """lost: buyers of whom the server has no mail; further: copies beyond the first; unknown: attempts of unknown
    outcome; foreign: mails to nobody who bought.
    """

    lost: int
    foreign: int
    further: int
    unknown: int

    def is_right(self, kills: int) -> bool:
        """Each kill leaves one mail of unknown outcome at most, and only such a mail goes again."""
        return not self.lost and not self.foreign and self.further <= self.unknown <= kills


def reach(stack: MailStack, orders: int) -> Reach:
    buyers = {f"buyer{number}@example.com" for number in range(1, orders + 1)}
    told, copies = set(stack.server.headers("To")), stack.server.copies()
    return Reach(
        lost=len(buyers - told),
        foreign=len(told - buyers) + abs(len(copies) - len(told)),
        further=sum(copies.values()) - len(copies),
        unknown=stack.count("mail_attempt", "outcome = 'unknown'"),
    )


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--orders", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--database", default="", help="a PostgreSQL in which databases may be made")
    given = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="cupwell-recall-") as folder,
        own_database(given.database) as url,
        FaultySmtp(keeps_bodies=False) as server,
    ):
        stack, began = MailStack(Path(folder), url, server), time.monotonic()
        try:
            stack.run("migrate", seconds=1200)
            arguments = (given.orders, given.kills, given.seed)
            stack.run("recall_with_kills", *arguments, seconds=24 * 3600, TEST_LEASE=LEASE_SECONDS)
            found = reach(stack, given.orders)
        finally:
            stack.kill_processes()
    print(f"{'PostgreSQL' if url else 'SQLite'}, seed {given.seed}, {given.orders} buyers: {found}")
    print(f"{time.monotonic() - began:.0f} s in all")
    return 0 if found.is_right(given.kills) else 1


@contextmanager
def own_database(server: str) -> Iterator[str]:
    """Of its own; "" for SQLite."""
    if not server:
        yield ""
        return
    name = f"cupwell_recall_{uuid4().hex[:10]}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rsplit('/', 1)[0]}/{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


if __name__ == "__main__":
    sys.exit(main())
