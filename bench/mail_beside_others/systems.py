"""The ways to send mail that are compared, each with its own processes, database and broker."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Set
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import redis

from tests.faults.fixture_data import MailStack
from tests.faults.smtp_server import FaultySmtp

FOLDER = Path(__file__).parent
OURS_LEASE = "5"  # seconds


class System(Protocol):
    """header: of a mail, by which its copies are known."""

    name: str
    header: str

    def plan(self, mails: int, *, twice: bool = False) -> None:
        """`twice`: everything arrives two times."""

    def planned(self) -> Set[str]:
        """The header of each mail that was planned."""

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]: ...

    def empty_broker(self) -> None: ...

    def on_record(self) -> dict[str, int]:
        """What the system itself says of mails that were not sent: state -> number."""

    def meant_again(self, copies: Counter[str]) -> int:
        """How many of the further copies are sent on purpose."""


class Ours:
    header = "Message-ID"

    def __init__(self, server: FaultySmtp, folder: Path, *, database: str, redis_url: str) -> None:
        self.name = "Cupwell on PostgreSQL" if database else "Cupwell on SQLite"
        self.redis_url = redis_url if database else ""
        shutil.copytree(_prepared_folder(), folder / "data")
        self.stack = MailStack(folder / "data", database, server)
        if database:
            self.stack.run("migrate", seconds=900)

    def plan(self, mails: int, *, twice: bool = False) -> None:
        """An order is paid for each two: its confirmation and its safety mail."""
        for _ in range(1 + twice):
            self.stack.run("plan", mails // 2, seconds=300, REDIS_URL=self.redis_url)

    def planned(self) -> Set[str]:
        return {row.message_id for row in self.stack.plans()}

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        return self.stack.start("worker", REDIS_URL=self.redis_url, TEST_LEASE=OURS_LEASE, **environment)

    def empty_broker(self) -> None:
        if self.redis_url:
            redis.Redis.from_url(self.redis_url).flushdb()
            return
        for message in (self.stack.data / "queue" / "messages").glob("*"):
            message.unlink(missing_ok=True)

    def on_record(self) -> dict[str, int]:
        return {state: count for state, count in self.stack.states().items() if state != "sent"}

    def meant_again(self, copies: Counter[str]) -> int:
        safety = {row.message_id for row in self.stack.plans() if row.kind == "safety-first"}
        return sum(count - 1 for message_id, count in copies.items() if message_id in safety)


@cache
def _prepared_folder() -> Path:
    """Tables and PDFs, made once for all runs."""
    folder = Path(tempfile.mkdtemp(prefix="beside-others-prepared-"))
    with FaultySmtp() as unused_server:
        MailStack(folder, "", unused_server).run("prepare", seconds=900)
    return folder


class _Other:
    header = "To"
    script: str

    def __init__(self, server: FaultySmtp, python: str, **environment: str) -> None:
        self.python = python
        self.environment = os.environ | {"SMTP_PORT": str(server.port)} | environment
        self.mails = 0

    def planned(self) -> Set[str]:
        return {f"buyer{number}@example.com" for number in range(self.mails)}

    def meant_again(self, copies: Counter[str]) -> int:
        return 0

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [self.python, self.script, "worker"],
            cwd=FOLDER,
            env=self.environment | environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _run(self, *arguments: object) -> str:
        command = [self.python, self.script, *map(str, arguments)]
        done = subprocess.run(
            command, cwd=FOLDER, env=self.environment, check=True, capture_output=True, text=True
        )
        return done.stdout


class PlainCelery(_Other):
    script = "plain_celery.py"

    def __init__(self, server: FaultySmtp, python: str, *, redis_url: str, acks_late: bool) -> None:
        super().__init__(server, python, BROKER=redis_url, ACKS_LATE="1" if acks_late else "")
        self.name = f"apply_async(countdown), {'late' if acks_late else 'early'} acknowledgement"
        self.redis = redis.Redis.from_url(redis_url)
        self.redis.flushdb()

    def plan(self, mails: int, *, twice: bool = False) -> None:
        self.mails = mails
        self._run("plan", mails, 2 if twice else 1)

    def empty_broker(self) -> None:
        self.redis.flushdb()

    def on_record(self) -> dict[str, int]:
        found: Any = {"queue": self.redis.llen("celery"), "unacknowledged": self.redis.hlen("unacked")}
        return {name: int(count) for name, count in found.items() if count}


class PostOffice(_Other):
    script = "post_office_runner.py"
    name = "django-post-office"

    def __init__(self, server: FaultySmtp, python: str, *, database: str) -> None:
        super().__init__(server, python, DATABASE_URL=database)
        self._run("prepare")

    def plan(self, mails: int, *, twice: bool = False) -> None:
        """Once: it has no key by which a second request would be known."""
        self.mails = mails
        self._run("plan", mails)

    def start_worker(self, **environment: str) -> subprocess.Popen[bytes]:
        """Each on a machine of its own, with a folder for the lock file of its own."""
        return super().start_worker(TMPDIR=tempfile.mkdtemp(prefix="machine-"), **environment)

    def empty_broker(self) -> None:
        """There is none."""

    def on_record(self) -> dict[str, int]:
        states: dict[str, int] = json.loads(self._run("states"))
        return {state: count for state, count in states.items() if state.lower() != "sent"}


def kill(process: subprocess.Popen[bytes]) -> None:
    """With everything it has started."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
