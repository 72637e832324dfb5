"""`python -m bench.mail [MAILS]`: mails a second beside a bare smtplib loop over one connection, and planning.

DATABASE_URL chooses the database, which must be empty; SQLite in a new folder without it. The shop's answers come from
the tests' double, so that the mailer alone is measured. Both loops send the same bytes to the same server in one run.
"""

import os
import resource
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

PORT = 8199
FOLDER = tempfile.mkdtemp(prefix="bench-mail-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{FOLDER}/shop.sqlite3")
os.environ |= {
    "DATA_DIR": FOLDER,
    "EMAIL_URL": f"smtp://127.0.0.1:{PORT}",
    "SALEOR_API_URL": "http://saleor.invalid/graphql/",
    "LOG_LEVEL": "ERROR",
}

import django  # noqa: E402

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from store.mailer import composition, enqueue, inbox, planning, sending, sweep  # noqa: E402
from store.mailer.mail_classes import Kind  # noqa: E402
from store.mailer.mail_kinds import mail_kind  # noqa: E402
from store.mailer.models import MailPlan  # noqa: E402
from store.safety.recalls.continuing import continue_recalls  # noqa: E402
from store.saleor import clients  # noqa: E402
from tests.mailer.saleor_double import event, gid, line, order  # noqa: E402
from tests.safety.recall_orders import PagedSaleor, opened  # noqa: E402


def main() -> None:
    mails = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    planned = int(os.environ.get("BENCH_PLANNED", "100000"))
    call_command("migrate", "mailer", verbosity=0)
    call_command("migrate", "safety", verbosity=0)
    enqueue.send_task = lambda *_, **__: None
    sink = subprocess.Popen([sys.executable, "-m", "bench.mail_sink", str(PORT)])
    time.sleep(1)
    try:
        # What a worker that runs has loaded: addresses of pages, templates, the first connection.
        _plan_recall(1)
        sweep.sweep(seconds=60)
        print(f"{connection.vendor}, {mails} mails of each kind")
        _print("recall", *_rates(_plan_recall, Kind.RECALL, mails))
        _print("order confirmation", *_rates(_plan_confirmations, Kind.ORDER_CONFIRMATION, mails))
        _print("read this before you use", *_rates(_plan_safety, Kind.SAFETY_FIRST, mails))
        _measure_planning(planned)
    finally:
        sink.terminate()


@dataclass(frozen=True, slots=True)
class Rate:
    """Mails a second, and milliseconds of this process's CPU for one: the server's share and other programs left out."""

    a_second: float
    cpu_ms: float


def _measured(mails: int, run: Callable[[], object]) -> Rate:
    started, cpu = time.perf_counter(), time.process_time()
    run()
    return Rate(mails / (time.perf_counter() - started), 1000 * (time.process_time() - cpu) / mails)


def _rates(plan: Callable[[int], None], kind: Kind, mails: int) -> tuple[Rate, Rate]:
    """(ours, the loop with the same bytes)."""
    MailPlan.objects.all().delete()
    plan(mails)
    MailPlan.objects.exclude(kind=kind).delete()
    contents = [_content(row) for row in MailPlan.objects.all()[:20]]
    bare = _measured(mails, lambda: _bare_loop(contents, mails))
    ours = _measured(mails, lambda: sweep.sweep(seconds=600))
    assert MailPlan.objects.filter(state="sent").count() == mails
    return ours, bare


def _content(plan: MailPlan) -> bytes:
    about = mail_kind(Kind(plan.kind)).about.fetch(plan)
    assert about is not None
    return sending.envelope_of(composition.compose(plan, about, recipient=plan.recipient)).content


def _bare_loop(contents: list[bytes], mails: int) -> None:
    with smtplib.SMTP("127.0.0.1", PORT) as server:
        for number in range(mails):
            server.sendmail("shop@example.com", ["ada@example.com"], contents[number % len(contents)])


def _plan_recall(mails: int) -> None:
    double = PagedSaleor()
    double.per_page = 100
    for number in range(mails):
        double.sold(number, f"buyer{number}@example.com", lots={"G1": 1})
    clients.connect(double, staff_token="app-token")
    opened()
    while not continue_recalls(seconds=600):
        pass


def _plan_confirmations(mails: int) -> None:
    double = PagedSaleor()
    clients.connect(double, staff_token="app-token")
    for number in range(mails):
        order_id = gid("Order", f"paid-{time.time_ns()}-{number}")
        double.orders[order_id] = order(order_id, number=str(number), lines=_lines(number))
        inbox.receive(event("OrderFullyPaid", double.orders[order_id]), source="bench")


def _lines(number: int) -> list[dict[str, Any]]:
    """One to three lines, of a quantity and at a price that few other orders have."""
    sold = [("Silicone Starter Set", "Teal, soft", "silicone-cups@1.0"), ("Glass Bulb Set", "6 cups", None)]
    return [
        line(place, *sold[place % 2][:2], 1 + number % 4, 20 + number % 97 + place, sold[place % 2][2])
        for place in range(1 + number % 3)
    ]


_plan_safety = _plan_confirmations


def _measure_planning(rows: int) -> None:
    MailPlan.objects.all().delete()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started, cpu = time.perf_counter(), time.process_time()
    planning.plan_many(_rows(rows))
    seconds, cpu = time.perf_counter() - started, time.process_time() - cpu
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"planning {rows} recipients: {seconds:.1f} s, CPU {cpu:.1f} s, {grown:.0f} MB more memory at most")


def _rows(count: int) -> Iterator[MailPlan]:
    for number in range(count):
        yield MailPlan(
            plan_key=f"recall:0:{number}",
            kind=Kind.RECALL,
            order_id=f"order-{number}",
            order_number=str(number),
            recipient=f"buyer{number}@example.com",
            locale="en",
            due_at=timezone.now(),
        )


def _print(name: str, ours: Rate, bare: Rate) -> None:
    share = 100 * ours.a_second / bare.a_second
    print(f"{name}: {ours.a_second:.1f} a second, bare loop {bare.a_second:.1f}: {share:.0f} %", end="; ")
    print(f"CPU {ours.cpu_ms:.2f} and {bare.cpu_ms:.2f} ms a mail", flush=True)


if __name__ == "__main__":
    main()
