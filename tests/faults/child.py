"""The process that fault tests start: `python -m tests.faults.child VERB …`.

With KILL_AT set, it wraps a step of the mailer so that the process kills itself there with SIGKILL. Leases are short to
keep the tests fast; the protocol is unchanged.
"""

import os
import random
import signal
import sys
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from bench.mail_beside_others import clock  # noqa: E402
from store import guidebook  # noqa: E402
from store.mailer import inbox, leases, retry, sending, sweep  # noqa: E402
from store.mailer.models import MailPlan, SendingBatch  # noqa: E402
from store.mailer.transport import smtp  # noqa: E402
from store.saleor import clients  # noqa: E402
from tests.mailer.saleor_double import SaleorDouble, event, fulfillment, gid, order  # noqa: E402

LEASE = timedelta(seconds=float(os.environ.get("TEST_LEASE", "3")))


class AnyOrder(dict[str, Any]):
    """Has an order for every id."""

    def get(self, key: str, default: Any = None) -> Any:
        return order(key)


def set_up() -> None:
    clock.set_back()
    double = SaleorDouble()
    double.orders = AnyOrder()
    clients.connect(double, staff_token="app-token")
    leases.LEASE = LEASE
    leases.renew_lease.__kwdefaults__["lease"] = LEASE
    leases.reach_place.__kwdefaults__["lease"] = LEASE
    sending.LEASE_MARGIN = timedelta(seconds=1)
    smtp.SmtpTransport.__init__.__kwdefaults__["final_seconds"] = 3.0
    retry.RETRY_DELAYS[:] = [timedelta(seconds=1)]
    if os.environ.get("WITHOUT_GUARD"):
        sending.claim_due = unguarded_claim
        leases.renew_lease = sending.renew_lease = lambda *_, **__: None
        leases._place_is_written = lambda *_, **__: True
        sending._start_attempts = _started_without_guard(sending._start_attempts)
        leases.claimed_row = lambda claim: MailPlan.objects.filter(pk=claim.plan_id)
    if os.environ.get("KILL_AT"):
        _KILLS[os.environ["KILL_AT"]]()


def unguarded_claim(**_: Any) -> leases.Batch | None:
    """`claim_due` without lock and guarded update: reads first, writes later."""
    row = leases._due_rows().order_by("priority", "next_attempt_at", "pk").first()
    if row is None:
        return None
    time.sleep(0.01)
    token = uuid.uuid4()
    MailPlan.objects.filter(pk=row.pk).update(state="claimed", lease_token=token)
    return leases.Batch(token, (row,))


def _started_without_guard(start: Callable[..., Any]) -> Callable[..., Any]:
    """The row is taken back at the last moment, whoever holds it by then."""

    def wrapped(token: uuid.UUID, ready: Any) -> Any:
        MailPlan.objects.filter(pk=ready[0][1].pk).update(state="claimed", lease_token=token)
        return start(token, ready)

    return wrapped


# --- where to kill the process ---


def kill_process(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _is_targeted(plan: MailPlan) -> bool:
    """A mail of KILL_KIND; with KILL_ORDER only that of this order."""
    order_number = os.environ.get("KILL_ORDER", plan.order_number)
    return plan.kind == os.environ["KILL_KIND"] and plan.order_number == order_number


def _before_prepare() -> None:
    """Kill the process when a mail of KILL_KIND is about to be made."""
    prepare = sending._prepare

    def wrapped(claim: Any, plan: MailPlan, *args: Any) -> Any:
        if _is_targeted(plan):
            kill_process()
        return prepare(claim, plan, *args)

    sending._prepare = wrapped


def _after_attempt() -> None:
    begin = sending._start_attempts

    def wrapped(token: uuid.UUID, ready: Any) -> Any:
        found = begin(token, ready)
        if any(_is_targeted(plan) for _, plan, _ in ready):
            kill_process()
        return found

    sending._start_attempts = wrapped


def _within_session(step: Callable[[Any], None]) -> None:
    """Replace a step of the SMTP session, for mails of KILL_KIND."""
    deliver = sending._deliver

    def wrapped(attempt: Any, *args: Any, **kwargs: Any) -> Any:
        if _is_targeted(attempt.plan):
            step(attempt.plan)
        return deliver(attempt, *args, **kwargs)

    sending._deliver = wrapped


def _after_accepted() -> None:
    """Kill the process when it has read the reply to the final dot and recorded nothing of it."""
    deliver = sending._deliver

    def wrapped(attempt: Any, *args: Any, **kwargs: Any) -> Any:
        found = deliver(attempt, *args, **kwargs)
        if _is_targeted(attempt.plan):
            kill_process()
        return found

    sending._deliver = wrapped


def _mid_data(_: MailPlan) -> None:
    def content(self: Any, raw: bytes) -> None:
        self.phase = smtp.Phase.DATA
        self._command(lambda: self.smtp.docmd("DATA"), 354)
        self.smtp.send(raw[: len(raw) // 2])
        kill_process()

    smtp._Session.send_content = content


def _after_dot(_: MailPlan) -> None:
    finish = smtp._Session.send_final_dot

    def wrapped(self: Any, *args: Any) -> Any:
        self.smtp.getreply = kill_process
        return finish(self, *args)

    smtp._Session.send_final_dot = wrapped


_KILLS: dict[str, Callable[[], None]] = {
    "claim": _before_prepare,
    "attempt": _after_attempt,
    "data": lambda: _within_session(_mid_data),
    "dot": lambda: _within_session(_after_dot),
    "accepted": _after_accepted,
}


# --- verbs ---


def migrate() -> None:
    call_command("migrate", "mailer", verbosity=0)
    call_command("migrate", "safety", verbosity=0)


def prepare() -> None:
    """Make the tables, and the PDFs that the mails of `order` bring."""
    migrate()
    for slug in ("silicone-cups", "glass-cups"):
        guidebook.library().inserts[slug].pdf("en")


def plan(orders: str) -> None:
    for payload in _event_payloads(int(orders)):
        inbox.receive(payload, source="test")


def receive_shuffled(orders: str, seed: str) -> None:
    """Receive every event of every order ten times, in shuffled order."""
    payloads = _event_payloads(int(orders)) * 10
    random.Random(int(seed)).shuffle(payloads)
    for payload in payloads:
        inbox.receive(payload, source="test")


def drain() -> None:
    """Send until nothing is due that no other process holds."""
    while sending.send_due():
        pass


def sweep_alone() -> None:
    """Take back what others held, whose leases are over since no other process lives, then send what is due."""
    SendingBatch.objects.update(lease_until=leases.TAKEN_AWAY)
    sweep.sweep(seconds=60)


def drain_unguarded() -> None:
    """`drain` without guard: several processes may hold one row, so a failed claim does not end the loop."""
    for _ in range(60):
        sending.send_due()


def in_parallel(count: str, verb: str, *arguments: str) -> None:
    """Run a verb in several processes at once, forked so that all start at the same time.

    `{n}` in an argument becomes the number of the process.
    """
    children = []
    for n in range(int(count)):
        if not (child := os.fork()):
            globals()[verb](*(argument.format(n=n) for argument in arguments))
            os._exit(0)
        children.append(child)
    for child in children:
        _, status = os.waitpid(child, 0)
        if status:
            raise SystemExit(f"{verb} ended with {os.waitstatus_to_exitcode(status)}")


def worker(orders: str = "0") -> None:
    """A real Celery worker with beat inside, after that many orders have been paid."""
    from store.celery import app

    plan(orders)
    app.worker_main(["worker", "--with-beat", "-P", "solo", "-Q", "default,safety", "-l", "WARNING"])


def _event_payloads(count: int) -> list[dict[str, Any]]:
    """The event payloads of paying (and with WITH_FULFILLMENTS, shipping) each order."""
    payloads = []
    for n in range(count):
        paid, shipped = order(gid("Order", n), number=str(n)), fulfillment(gid("Fulfillment", n))
        payloads += [event("OrderPaid", paid), event("OrderFullyPaid", paid)]
        if os.environ.get("WITH_FULFILLMENTS"):
            payloads.append(event("FulfillmentCreated", paid, shipped))
    return payloads


if __name__ == "__main__":
    set_up()
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
