"""The shop as real processes: the embedded form (`manage.py run`) and the scaled one (each process by itself)."""

import contextlib
import email
import email.policy
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_DELIVERED = """from store.mailer.models import MailAttempt
print(*MailAttempt.objects.filter(outcome="accepted").values_list("plan__message_id", flat=True))"""
RUN_COMMAND = [sys.executable, "manage.py", "run"]
CELERY = [sys.executable, "-m", "celery", "-A", "store"]


@dataclass
class Stack:
    """A running shop. `processes` by name; `start(name)` brings one back."""

    environment: dict[str, str]
    commands: dict[str, list[str]]
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['PORT']}"

    @property
    def mail_dir(self) -> Path:
        return Path(self.environment["DATA_DIR"]) / "mail"

    def manage(self, *arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        completed = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True
        )
        return completed.stdout

    def start(self, name: str) -> None:
        log = Path(self.environment["DATA_DIR"]) / f"{name}.log"
        with log.open("ab") as sink:
            self.processes[name] = subprocess.Popen(
                self.commands[name],
                cwd=ROOT,
                env=self.environment,
                stdout=sink,
                stderr=sink,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """kill -9 the process and its children."""
        process = self.processes[name]
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)

    def stop(self) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for name, process in self.processes.items():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(12)
            self.kill(name)

    def health(self) -> dict[str, Any]:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5) as answer:
                found: dict[str, Any] = json.load(answer)
        except urllib.error.HTTPError as error:
            found = json.load(error)
        return found

    def wait_until_ready(self, seconds: float = 120) -> None:
        wait_for(lambda: _responds(self.url), seconds, "the shop to answer")

    def mails(self) -> list[EmailMessage]:
        files = sorted(self.mail_dir.glob("*.eml"), key=lambda f: f.stat().st_mtime)
        return [_read(file) for file in files]

    def deliveries(self) -> Counter[str]:
        """Message-ID -> how often it was delivered. Not counted by files: a second delivery overwrites the first."""
        return Counter(self.manage("shell", "--no-imports", "-v", "0", "-c", _DELIVERED).split())

    def wait_for_mails(self, count: int, seconds: float = 60) -> list[EmailMessage]:
        wait_for(lambda: len(self.mails()) >= count, seconds, f"{count} mails; there are {len(self.mails())}")
        return self.mails()


def _read(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def _responds(url: str) -> bool:
    try:
        urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def wait_for(condition: Callable[[], bool], seconds: float, description: str) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:.0f} s for {description}")
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment(folder: Path, **overrides: str) -> dict[str, str]:
    variables = {"DATA_DIR": str(folder), "PORT": str(free_port()), "HOST": "127.0.0.1", "SWEEP_SECONDS": "2"}
    variables |= {"SECRET_KEY": "journey", "LOG_LEVEL": "WARNING", "MAIL_HOWTO_DELAY_SECONDS": "1"}
    return os.environ | variables | overrides


def set_up(variables: dict[str, str]) -> None:
    """Make tables, logins, static files and the catalog in the data folder of these variables."""
    for step in (
        ("migrate", "-v", "0"),
        ("prepare",),
        ("collectstatic", "--no-input", "-v", "0"),
        ("seed", "--if-empty"),
    ):
        Stack(variables, {}).manage(*step)


@contextlib.contextmanager
def embedded(folder: Path, *, patience: float = 120, **overrides: str) -> Iterator[Stack]:
    """The embedded form: one command, as `make run` runs it. `patience`: seconds in which it has to answer."""
    stack = Stack(environment(folder, **overrides), {"run": RUN_COMMAND})
    try:
        stack.start("run")
        stack.wait_until_ready(patience)
        yield stack
    finally:
        stack.stop()


def separate_commands(port: str) -> dict[str, list[str]]:
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port]
    worker = [*CELERY, "worker", "--pool", "threads", "--concurrency", "2", "--loglevel", "WARNING"]
    return {
        "web": [*web, "--blocking-threads", "4", "--log-level", "warning", "store.wsgi:application"],
        "worker": [*worker, "--queues", "default", "--hostname", "worker@%h"],
        "worker-safety": [*worker, "--queues", "safety", "--hostname", "safety@%h"],
        "beat": [*CELERY, "beat", "--loglevel", "WARNING", "--pidfile", "", "--schedule", "beat-schedule"],
    }


@contextlib.contextmanager
def separate(folder: Path, *, copy_of: Path | None = None, **overrides: str) -> Iterator[Stack]:
    """Web, worker, a worker for safety mail and beat, each a process of its own; on a copy of a folder that is set up."""
    if copy_of:
        shutil.copytree(copy_of, folder, dirs_exist_ok=True)
    variables = environment(folder, **overrides)
    commands = separate_commands(variables["PORT"])
    commands["beat"][-1] = str(folder / "beat-schedule")
    stack = Stack(variables, commands)
    try:
        if not copy_of:
            set_up(variables)
        for name in commands:
            stack.start(name)
        stack.wait_until_ready()
        yield stack
    finally:
        stack.stop()
