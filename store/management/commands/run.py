"""`manage.py run`: the whole shop on one machine. Prepares the data, then replaces itself by the supervisor."""

import fcntl
import hashlib
import json
import os
import resource
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from store.deployment import require_safe_deployment

OTHER_FILES = 256  # file handles of a web process beside its connections
ANSWER_SECONDS = 6  # for answers that are under way when the shop is stopped; the supervisor waits for 8
# Root is normal in a container; Celery's warning about it would hide our own lines.
IGNORE_ROOT_WARNING = "ignore:You're running the worker with superuser privileges"
CELERY = [sys.executable, "-W", IGNORE_ROOT_WARNING, "-m", "celery", "--quiet", "-A", "store"]


class Command(BaseCommand):
    help = (
        "Runs the shop: web and a Celery worker with beat, on the embedded default or what the settings say."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _end)
        require_safe_deployment()
        os.umask(0o077)  # database, mails and secrets are readable by this user only
        require_writable_folder(settings.DATA_DIR)
        require_free_port(settings.HOST, settings.PORT)
        lock_data_folder(settings.DATA_DIR)
        started = time.monotonic()
        is_new = not MigrationRecorder(connection).applied_migrations()
        call_command("migrate", verbosity=0, interactive=False)
        call_command("prepare", verbosity=0)
        collect_static()
        connection.close()
        if (seconds := time.monotonic() - started) > 2:
            self.stdout.write(f"Database and static files are ready ({seconds:.1f} s).")
        self.stdout.flush()
        exec_supervisor(is_new=is_new)


def _end(number: int, _: object) -> None:
    """Asked for: as the first process of a container, the kernel spares this one a signal that it does not handle."""
    raise SystemExit(128 + number)


def exec_supervisor(*, is_new: bool) -> None:
    """Replace this process by the supervisor, which needs none of Django's hundred megabytes."""
    plan = {
        "seed": [sys.executable, "manage.py", "seed", "--if-empty"],
        "is_new": is_new,
        "children": {"web": web_command(), "worker": worker_command()},
        "probe": f"http://{_local_host()}:{settings.PORT}/",
        "port": settings.PORT,
        "lines": startup_lines(),
    }
    os.chdir(settings.BASE_DIR)
    os.execv(sys.executable, [sys.executable, "-m", "store.management.supervisor", json.dumps(plan)])  # noqa: S606


def require_writable_folder(folder: Path) -> None:
    """Make the data folder; refuse one in which files can't be made, or written, as by another user."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file in [folder / ".lock", *folder.glob("*.sqlite3")]:
            file.open("ab").close()
    except OSError as error:
        raise CommandError(
            f"{error.filename or folder}: {error.strerror}. The shop needs a folder that it may write, and the files in"
            f" it: give them to this user, or use another folder: make run DATA_DIR=~/shop"
        ) from None


def require_free_port(host: str, port: int) -> None:
    """Refuse a port that another program listens on: with SO_REUSEPORT two shops would share its visitors."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} can't be used: {error.strerror}. Try: make run PORT={port + 1}"
            ) from None


def lock_data_folder(folder: Path) -> None:
    """Refuse a data folder that a running shop uses. The lock is held until this process and its successor end."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    os.set_inheritable(descriptor, True)  # the supervisor replaces this process and keeps it
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise CommandError(
            f"Another shop runs on {folder}. Close it first, or use a folder of its own: make run DATA_DIR=~/shop"
        ) from None


def startup_lines() -> list[tuple[str, str]]:
    mailbox = f"{settings.MAIL_DIR}  (read at {settings.PUBLIC_URL}/mailbox/)"
    lines = [
        ("The shop", settings.PUBLIC_URL),
        ("Merchant", f"{settings.PUBLIC_URL}/admin/"),
        ("Mail lands", settings.EMAIL_URL.split("@")[-1] or mailbox),
        ("Answered by", settings.SALEOR_API_URL or "the embedded engine"),
    ]
    if not settings.PRODUCTION:
        lines.insert(2, ("  log in", "merchant@cupwell.example / cupwell-demo"))
        if settings.EMBEDDED:
            lines.insert(3, ("  shopper", "shopper@cupwell.example / cupwell-demo"))
    return lines


def collect_static() -> None:
    """Run collectstatic if a file or setting changed since the last time: hashing a thousand files takes seconds."""
    stamp = settings.STATIC_ROOT / ".collected"
    files = sorted(
        (name, (stat := Path(storage.path(name)).stat()).st_size, stat.st_mtime_ns)
        for finder in get_finders()
        for name, storage in finder.list([])
    )
    fingerprint = hashlib.sha256(repr((files, settings.STORAGES["staticfiles"])).encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(fingerprint)


def open_connections(wanted: int) -> int:
    """Connections for which there are file handles; raises this process's soft limit as far as its hard one allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + OTHER_FILES
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    available = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (available, hard))
    return max(1, available - OTHER_FILES)


def web_command() -> list[str]:
    """The web server's. Told that it speaks HTTP/1, as proxies do, it times the first byte of a connection, too.

    A server process that does not stop when asked is killed: one that was asked while it started never hears of it, and
    the web server would wait for it for ever and hold the port.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", settings.HOST, "--port", str(settings.PORT),
        "--workers", str(settings.WEB_WORKERS), "--blocking-threads", str(settings.WEB_THREADS),
        "--http", "1", "--http1-header-read-timeout", "5000", "--http1-buffer-size", "65536",
        "--backpressure", str(open_connections(settings.WEB_CONNECTIONS)), "--backlog", "1024",
        "--workers-kill-timeout", str(ANSWER_SECONDS),
        "--no-ws", "--log-level", "warning", "store.wsgi:application",
    ]  # fmt: skip


def worker_command() -> list[str]:
    return [
        *CELERY, "worker", "--pool", "threads", "--concurrency", "2",
        "--queues", "safety,default", "--loglevel", "WARNING", "--without-gossip", "--without-mingle",
        "--without-heartbeat", "--hostname", "shop@%h", "--with-beat",
    ]  # fmt: skip


def _local_host() -> str:
    return "127.0.0.1" if settings.HOST in ("0.0.0.0", "::") else settings.HOST  # noqa: S104
