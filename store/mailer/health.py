"""Whether mail is being sent, and which mails need a person: for /healthz and the admin.

Two degrees. A concern is something that a person has to look at, such as one refused mail: it is counted and listed,
and the shop stays healthy. `stopped` says that mail as a whole does not leave although it is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from store.mailer.mail_classes import MailClass
from store.mailer.models import (
    CLAIMABLE,
    LEASED,
    Heartbeat,
    MailAttempt,
    MailPlan,
    OrderEvent,
    Problem,
    State,
)

WAITING = (State.PLANNED, *CLAIMABLE, *LEASED)
# How long a due mail of each class may wait (research/email.md).
LATE_AFTER = {
    MailClass.SAFETY: timedelta(minutes=5),
    MailClass.SERVICE: timedelta(hours=1),
    MailClass.CARE: timedelta(hours=1),
}
SWEEP_LATE_AFTER = timedelta(minutes=10)  # one mail server that stalls may hold a sweep for five
HELD_TOO_LONG_AFTER = timedelta(days=1)  # after it was due
UNPLANNED_AFTER = timedelta(minutes=5)
# These let a mail wait for a reason of its own; all others are about the shop or its mail server.
_OWN_PROBLEMS = (Problem.ADDRESS, Problem.MAILBOX, Problem.TEXT)


@dataclass(frozen=True, slots=True)
class Concern:
    """Rows that a person has to look at: `code` for machines, `title` and `advice` for the merchant."""

    code: str
    title: str
    advice: str
    rows: QuerySet[Any]

    @property
    def count(self) -> int:
        return self.rows.count()


def concerns() -> Sequence[Concern]:
    """What may need a person, the most urgent first; most of them are usually empty."""
    now = timezone.now()
    return (
        Concern(
            "failed",
            "Mails that were refused",
            "Correct the order's email address, then choose “Send again”.",
            MailPlan.objects.filter(state=State.FAILED),
        ),
        Concern(
            "refused",
            "Mails that a mail server does not take from us",
            "Read the reply of the server and correct the mail settings. They are tried again by themselves.",
            MailPlan.objects.filter(state=State.RETRY_WAIT, problem=Problem.REFUSED),
        ),
        Concern(
            "unwritable",
            "Mails that can't be written",
            "Correct the file that the message names. They are tried again by themselves.",
            MailPlan.objects.filter(state=State.RETRY_WAIT, problem=Problem.TEXT),
        ),
        Concern(
            "ambiguous",
            "Mails that may or may not have arrived",
            "Ask the customer, or choose “Send again”: a second copy does no harm.",
            MailPlan.objects.filter(state=State.AMBIGUOUS),
        ),
        Concern(
            "expired",
            "Mails about orders that were given up after days of trying",
            "Read what held them back. “Send again” sends them if they are still of use.",
            MailPlan.objects.filter(state=State.EXPIRED, mail_class=MailClass.SERVICE),
        ),
        Concern(
            "late",
            "Mails that should have left by now",
            "Is the worker running, and does the mail server answer? `manage.py testmail` tells.",
            late(),
        ),
        Concern(
            "held",
            "Mails held for too long",
            "They wait for another mail, which did not leave: look at that one first.",
            MailPlan.objects.filter(state=State.HELD, due_at__lt=now - HELD_TOO_LONG_AFTER),
        ),
        Concern(
            "unplanned",
            "Events whose mails could not be planned",
            "Correct what the message names, then choose “Plan the mails now”.",
            OrderEvent.objects.filter(planned_at=None, received_at__lt=now - UNPLANNED_AFTER),
        ),
    )


def late() -> QuerySet[MailPlan]:
    """Mails that have been due for longer than their class may wait, those with a busy mailbox aside."""
    now = timezone.now()
    too_long = Q()
    for mail_class, limit in LATE_AFTER.items():
        too_long |= Q(mail_class=mail_class, due_at__lt=now - limit)
    return _due(now).filter(too_long)


def oldest_due() -> dict[str, timedelta | None]:
    """Class -> how long its oldest unsent mail has been due; None if nothing is due."""
    now = timezone.now()
    oldest = dict(_due(now).values_list("mail_class").annotate(Min("due_at")))
    return {name: now - oldest[name] if name in oldest else None for name in MailClass.values}


def _due(now: datetime) -> QuerySet[MailPlan]:
    waits_for_mailbox = Q(state=State.RETRY_WAIT, problem=Problem.MAILBOX, next_attempt_at__gt=now)
    return MailPlan.objects.filter(state__in=WAITING, due_at__lte=now).exclude(waits_for_mailbox)


def last_sweep() -> timedelta | None:
    """Time since the last sweep; None if there was none."""
    at = Heartbeat.objects.filter(name="sweep").values_list("at", flat=True).first()
    return timezone.now() - at if at else None


def stopped() -> str:
    """Why mail as a whole does not leave; "" if it does.

    One mail alone never stops the shop: a refusal counts when a second recipient has one as well.
    """
    age = last_sweep()
    if age is not None and age > SWEEP_LATE_AFTER:
        return "no worker has swept for too long"
    stuck = late().exclude(problem__in=_OWN_PROBLEMS)
    refused = stuck.filter(problem=Problem.REFUSED)
    if stuck.exclude(problem=Problem.REFUSED).filter(~_sent_since()).exists():
        return "mail is due and nothing is sent"
    if refused.filter(~_sent_since()).values("recipient").distinct().count() > 1:
        return "the mail server refuses all mail"
    return ""


def _sent_since() -> Exists:
    """For rows of MailPlan: some mail was accepted since this one became due."""
    return Exists(
        MailAttempt.objects.filter(outcome=MailAttempt.Outcome.ACCEPTED, ended_at__gte=OuterRef("due_at"))
    )
