"""A mail stack: database, data folder, SMTP server, and the processes that work on them."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import psycopg

from tests.faults.smtp_server import FaultySmtp

ROOT = Path(__file__).resolve().parents[2]
TABLES = (
    "mail_body",
    "mail_words",
    "mail_sending_batch",
    "mail_attempt",
    "mail_contact_task",
    "mail_plan",
    "mail_order_event",
    "mail_heartbeat",
    "safety_recalledline",
    "safety_recallrecipient",
    "safety_recallevent",
    "safety_recallitem",
    "safety_recalltext",
    "safety_recall",
)


class Row(NamedTuple):
    kind: str
    state: str
    message_id: str


@dataclass
class MailStack:
    data: Path
    database_url: str  # empty: SQLite in the data folder
    server: FaultySmtp
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, verb: str, *arguments: object, **environment: str) -> subprocess.Popen[bytes]:
        module = "tests.faults.recall_child" if verb.startswith("recall_") else "tests.faults.child"
        command = [sys.executable, "-m", module, verb, *map(str, arguments)]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self._environment(environment), start_new_session=True
        )
        self.running.append(process)
        return process

    def run(self, verb: str, *arguments: object, seconds: float = 120, **environment: str) -> None:
        code = self.start(verb, *arguments, **environment).wait(timeout=seconds)
        assert code == 0, f"{verb} ended with {code}"

    def plans(self) -> list[Row]:
        return [Row(*row) for row in self._query("SELECT kind, state, message_id FROM mail_plan ORDER BY id")]

    def states(self) -> dict[str, int]:
        """State -> number of mails."""
        states = [row.state for row in self.plans()]
        return {state: states.count(state) for state in sorted(set(states))}

    def outcomes(self, kind: str) -> list[str]:
        """The outcome of each attempt for mails of this kind, in order."""
        rows = self._query(
            "SELECT p.kind, a.outcome FROM mail_attempt a JOIN mail_plan p ON p.id = a.plan_id ORDER BY a.id"
        )
        return [outcome for found, outcome in rows if found == kind]

    def count(self, table: str, where: str = "TRUE") -> int:
        return int(self._query(f"SELECT count(*) FROM {table} WHERE {where}")[0][0])

    def events(self) -> int:
        return int(self._query("SELECT count(*) FROM mail_order_event")[0][0])

    def delete_rows(self) -> None:
        for table in TABLES:
            self._query(f"DELETE FROM {table}")

    def wait_for(self, is_true: Callable[[], bool], *, seconds: float = 150.0) -> None:
        ends_at = time.monotonic() + seconds
        while not is_true():
            assert time.monotonic() < ends_at, f"still {self.states()} after {seconds} s"
            time.sleep(0.1)

    def kill_processes(self) -> None:
        """Kill each process group, with what the process started."""
        for process in self.running:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _query(self, sql: str) -> list[Any]:
        if not self.database_url:
            with closing(sqlite3.connect(self.data / "shop.sqlite3", timeout=20)) as connection, connection:
                return connection.execute(sql).fetchall()
        with psycopg.connect(self.database_url) as connection:
            cursor = connection.execute(sql)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []

    def _environment(self, overrides: dict[str, str]) -> dict[str, str]:
        return {
            **os.environ,
            "DATA_DIR": str(self.data),
            "DATABASE_URL": self.database_url,
            "EMAIL_URL": self.server.url,
            "SALEOR_API_URL": "http://saleor.invalid/graphql/",  # not embedded; the child's Saleor double responds instead
            "SWEEP_SECONDS": "0.5",
            "LOG_LEVEL": "ERROR",
            **overrides,
        }
