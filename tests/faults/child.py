"""What the fault tests run in processes of their own: `python -m tests.faults.child VERB …`.

Only this script knows of KILL_AT: it wraps the mailer's steps so that the process ends by SIGKILL at one of them.
Leases are short here, since nobody wants to wait for minutes; the protocol is the real one.
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
from django.utils import timezone  # noqa: E402

from store import guidebook  # noqa: E402
from store.mailer import inbox, leases, mail_kinds, sending  # noqa: E402
from store.mailer.models import MailPlan  # noqa: E402
from store.mailer.transport import smtp  # noqa: E402
from store.saleor import clients  # noqa: E402
from tests.mailer.saleor_double import SaleorDouble, event, fulfillment, gid, order  # noqa: E402

LEASE = timedelta(seconds=float(os.environ.get("TEST_LEASE", "3")))


class AnyOrder(dict[str, Any]):
    """Knows every order there could be."""

    def get(self, key: str, default: Any = None) -> Any:
        return order(key)


def set_up() -> None:
    double = SaleorDouble()
    double.orders = AnyOrder()
    clients.connect(double, staff_token="app-token")
    leases.LEASE = LEASE
    leases.renew.__kwdefaults__["lease"] = LEASE
    sending.LEASE_MARGIN = timedelta(seconds=1)
    smtp.Smtp.__init__.__kwdefaults__["final_seconds"] = 3.0
    mail_kinds.BACKOFF[:] = [timedelta(seconds=1)]
    if os.environ.get("WITHOUT_GUARD"):
        sending.claim_one = careless_claim
        sending.renew = lambda *_, **__: None
        sending.held = leases.held = lambda claim: MailPlan.objects.filter(pk=claim.plan_id)
    if os.environ.get("KILL_AT"):
        _KILLS[os.environ["KILL_AT"]]()


def careless_claim(**_: Any) -> leases.Claim | None:
    """What `claim_one` would be without lock and guard: look first, take later."""
    row = leases._due().order_by("priority", "next_attempt_at", "pk").first()
    if row is None:
        return None
    time.sleep(0.01)
    token = uuid.uuid4()
    MailPlan.objects.filter(pk=row.pk).update(
        state="claimed", lease_token=token, lease_until=timezone.now() + LEASE
    )
    return leases.Claim(row.pk, token)


# --- where to die ---


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _is_the_one(plan: MailPlan) -> bool:
    return plan.kind == os.environ["KILL_KIND"]


def _before(name: str, plan_at: int) -> None:
    """Die when the step `name` of sending begins for the kind of mail that was asked for."""
    step = getattr(sending, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        if _is_the_one(args[plan_at]):
            die()
        return step(*args, **kwargs)

    setattr(sending, name, wrapped)


def _after_attempt() -> None:
    begin = sending._begin

    def wrapped(claim: Any, plan: MailPlan, *args: Any, **kwargs: Any) -> Any:
        found = begin(claim, plan, *args, **kwargs)
        if _is_the_one(plan):
            die()
        return found

    sending._begin = wrapped


def _within_session(step: Callable[[Any], None]) -> None:
    """Replace a step of the SMTP session, for the kind of mail that was asked for."""
    deliver = sending._deliver

    def wrapped(claim: Any, plan: MailPlan, mail: Any) -> None:
        if _is_the_one(plan):
            step(plan)
        deliver(claim, plan, mail)

    sending._deliver = wrapped


def _mid_data(_: MailPlan) -> None:
    def content(self: Any, raw: bytes) -> None:
        self.phase = smtp.Phase.DATA
        self._command(lambda: self.smtp.docmd("DATA"), 354)
        self.smtp.send(raw[: len(raw) // 2])
        die()

    smtp._Session.content = content


def _after_dot(_: MailPlan) -> None:
    finish = smtp._Session.finish

    def wrapped(self: Any, seconds: float) -> Any:
        self.smtp.getreply = die
        return finish(self, seconds)

    smtp._Session.finish = wrapped


_KILLS: dict[str, Callable[[], None]] = {
    "claim": lambda: _before("_prepare", 1),
    "attempt": _after_attempt,
    "data": lambda: _within_session(_mid_data),
    "dot": lambda: _within_session(_after_dot),
    "accepted": lambda: _before("_accepted", 1),
}


# --- verbs ---


def migrate() -> None:
    call_command("migrate", "mailer", verbosity=0)


def prepare() -> None:
    migrate()
    for insert in guidebook.library().inserts.values():
        insert.pdf("en")


def plan(orders: str) -> None:
    for payload in _stories(int(orders)):
        inbox.receive(payload, source="test")


def storm(orders: str, seed: str) -> None:
    """Every event of every order, ten times over, in an order of our own."""
    payloads = _stories(int(orders)) * 10
    random.Random(int(seed)).shuffle(payloads)
    for payload in payloads:
        inbox.receive(payload, source="test")


def drain() -> None:
    """Send until nothing is due; what others hold is theirs."""
    while sending.send_due():
        pass


def drain_carelessly() -> None:
    """As `drain`; several may hold one row here, so a lost claim is no reason to stop."""
    for _ in range(60):
        sending.send_due()


def together(count: str, verb: str, *arguments: str) -> None:
    """The same verb in several processes at once, forked so that all of them are ready at the same moment.

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
    """A real Celery worker with beat inside, after as many orders were paid."""
    from store.celery import app

    plan(orders)

    beat = f"{os.environ['DATA_DIR']}/beat-{os.getpid()}"
    app.worker_main(["worker", "-B", "-P", "solo", "-Q", "default,safety", "-l", "WARNING", "-s", beat])


def _stories(count: int) -> list[dict[str, Any]]:
    """Paid and shipped, for each order."""
    found = []
    for n in range(count):
        one, parcel = order(gid("Order", n), number=str(n)), fulfillment(gid("Fulfillment", n))
        found += [event("OrderPaid", one), event("OrderFullyPaid", one)]
        if os.environ.get("WITH_PARCELS"):
            found.append(event("FulfillmentCreated", one, parcel))
    return found


if __name__ == "__main__":
    set_up()
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
