"""`manage.py run`: the whole shop on one machine. Migrates, seeds an empty shop, then keeps web and worker alive."""

import hashlib
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

QUICK_DEATH = 5.0  # seconds; a child that lives shorter than this, three times in a row, will not get better


@dataclass(slots=True)
class Child:
    """A process of ours in its own group, so that ending it ends what it started."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = field(default=0)

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(self.command, start_new_session=True)  # noqa: S603

    def end(self, sign: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            try:
                os.killpg(self.process.pid, sign)
            except ProcessLookupError:
                return

    @property
    def is_gone(self) -> bool:
        return self.process is None or self.process.poll() is not None


class Command(BaseCommand):
    help = (
        "Runs the shop: web, a Celery worker and its beat, on the embedded default or what the settings say."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self._prepare()
        children = [
            Child("web", web_command()),
            Child("worker", worker_command()),
            Child("beat", beat_command()),
        ]
        signal.signal(signal.SIGINT, _interrupt)  # a background shell hands SIGINT down as ignored
        signal.signal(signal.SIGTERM, _interrupt)
        signal.signal(signal.SIGHUP, _interrupt)
        try:
            for child in children:
                child.start()
            if self._wait_for_web(children[0]):
                self._announce()
            while True:
                time.sleep(0.5)
                for child in children:
                    if child.is_gone:
                        self._again(child)
        except KeyboardInterrupt:
            self.stdout.write("\nClosing the shop …")
        finally:
            _end(children)

    def _prepare(self) -> None:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        started = time.monotonic()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("prepare", verbosity=0)
        collect_static()
        if time.monotonic() - started > 2:
            self.stdout.write(f"Database and static files are ready ({time.monotonic() - started:.1f} s).")
        call_command("seed", if_empty=True)

    def _wait_for_web(self, web: Child) -> bool:
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline and not web.is_gone:
            try:
                with urllib.request.urlopen(f"http://{_reachable_host()}:{settings.PORT}/healthz", timeout=2):
                    return True
            except urllib.error.HTTPError:
                return True  # it answers; what it says is its own matter
            except OSError:
                time.sleep(0.1)
        return False

    def _again(self, child: Child) -> None:
        """Start a child that died. Rows are the queue, so nothing is lost; a child that can't live ends the run."""
        code = child.process.returncode if child.process else "?"
        short = time.monotonic() - child.started < QUICK_DEATH
        child.quick_deaths = child.quick_deaths + 1 if short else 0
        if child.quick_deaths >= 3:
            self.stderr.write(
                f"{child.name} ended three times at once (exit {code}); see its last lines above."
            )
            if child.name == "web":
                self.stderr.write(f"Is port {settings.PORT} taken? Try: make run PORT={settings.PORT + 1}")
            raise KeyboardInterrupt
        self.stderr.write(f"{child.name} ended (exit {code}); starting it again.")
        child.start()

    def _announce(self) -> None:
        mailbox = f"{settings.MAIL_DIR}  (read at {settings.PUBLIC_URL}/mailbox/)"
        lines = [
            ("The shop", settings.PUBLIC_URL),
            ("Merchant", f"{settings.PUBLIC_URL}/admin/"),
            ("Mail lands", settings.EMAIL_URL.split("@")[-1] or mailbox),
            ("Answered by", settings.SALEOR_API_URL or "the embedded engine"),
        ]
        if settings.EMBEDDED and not settings.PRODUCTION:
            lines.insert(2, ("  log in", "merchant@cupwell.example / cupwell-demo"))
            lines.insert(3, ("  shopper", "shopper@cupwell.example / cupwell-demo"))
        for what, where in lines:
            self.stdout.write(f"  {what:<12} {where}")
        self.stdout.write("  Ctrl-C closes it all.")


def collect_static() -> None:
    """Collect when something changed since the last time: hashing a thousand files takes seconds."""
    stamp = settings.STATIC_ROOT / ".collected"
    found = sorted(
        (name, (stat := Path(storage.path(name)).stat()).st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    fingerprint = hashlib.sha256(repr((found, settings.STATIC_COMPRESS)).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(fingerprint)


def web_command() -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT),
        "--workers", str(settings.WEB_WORKERS), "--blocking-threads", str(settings.WEB_THREADS),
        "--backpressure", "256",
        "--no-ws", "--log-level", "warning", "store.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [
        sys.executable, "-m", "celery", "-A", "store", "worker", "--pool", "threads", "--concurrency", "2",
        "--queues", "safety,default", "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
        "--without-heartbeat", "--hostname", "shop@%h",
    ]  # fmt: skip


def beat_command() -> list[str]:
    return [
        sys.executable, "-m", "celery", "-A", "store", "beat", "--loglevel", "WARNING",
        "--schedule", settings.CELERY_BEAT_SCHEDULE_FILENAME, "--pidfile", "",
    ]  # fmt: skip


def _reachable_host() -> str:
    return "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST  # noqa: S104


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _end(children: list[Child]) -> None:
    """Ask, wait, insist. No child outlives us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for child in children:
        child.end(signal.SIGTERM)
    deadline = time.monotonic() + 8
    while time.monotonic() < deadline and not all(child.is_gone for child in children):
        time.sleep(0.05)
    for child in children:
        child.end(signal.SIGKILL)
        if child.process:
            child.process.wait()
