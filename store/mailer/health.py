"""Whether mail is being sent, and which mails need a person: for /healthz and the admin.

Two degrees. A concern is something that a person has to look at, such as one refused mail: it is counted and listed,
and the shop stays healthy. `stopped` says that mail as a whole does not leave although it is due.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from store.mailer import heartbeats, pauses, reconciliation
from store.mailer.mail_classes import MailClass
from store.mailer.models import (
    CLAIMABLE,
    LEASED,
    OPEN,
    ContactTask,
    Heartbeat,
    MailAttempt,
    MailPlan,
    OrderEvent,
    Problem,
    Reconciliation,
    State,
)
from store.mailer.shops import of_current_shop
from store.row_counts import count_rows

WAITING = (State.PLANNED, *CLAIMABLE, *LEASED)
# How long a due mail of each class may wait (research/email.md).
LATE_AFTER = {
    MailClass.SAFETY: timedelta(minutes=5),
    MailClass.SERVICE: timedelta(hours=1),
    MailClass.CARE: timedelta(hours=1),
}
SWEEP_LATE_AFTER = timedelta(minutes=10)  # one mail server that stalls may hold a sweep for five
SILENT_AFTER = timedelta(minutes=3)
CLOCK_SET_BACK_BY = timedelta(minutes=2)  # clocks of several machines may differ by less
PAUSES_UNTIL_ADVICE = 3  # a shorter outage ends by itself
HELD_TOO_LONG_AFTER = timedelta(days=1)  # after it was due
UNANNOUNCED_SHOWN_FOR = timedelta(days=1)
UNPLANNED_AFTER = timedelta(minutes=5)
REPORT_AWAITED_FOR = timedelta(hours=24)  # which settles a mail of unknown outcome
UNREADABLE_AFTER = timedelta(minutes=15)  # three looks
DEAF_AFTER = timedelta(hours=1)  # then a paid order would get no mail, and nobody would know
# These let a mail wait for a reason of its own; all others are about the shop or its mail server.
_OWN_PROBLEMS = (Problem.ADDRESS, Problem.MAILBOX, Problem.TEXT)


@dataclass(frozen=True, slots=True)
class Concern:
    """Rows that a person has to look at: `code` for machines, `title` and `advice` for the merchant."""

    code: str
    title: str
    advice: str
    rows: QuerySet[Any]


def open_concerns() -> list[tuple[Concern, int]]:
    """The concerns that have rows, each with their number, the most urgent first."""
    found = concerns()
    counts = count_rows([one.rows for one in found])
    return [(one, count) for one, count in zip(found, counts, strict=True) if count]


def concerns() -> Sequence[Concern]:
    """What may need a person, the most urgent first; most of them are usually empty."""
    now = timezone.now()
    return (
        Concern(
            "unreachable",
            "Buyers whom a safety mail did not reach",
            "Call them, or send them the printed insert. A corrected email address is used by itself.",
            ContactTask.objects.filter(closed_at=None),
        ),
        Concern(
            "failed",
            "Mails that were refused",
            "Correct the order's email address, then choose “Send again”.",
            MailPlan.objects.filter(state=State.FAILED).exclude(contact_tasks__in=ContactTask.objects.all()),
        ),
        Concern(
            "bounced",
            "Mails that came back",
            "Correct the order's email address, then choose “Send again”.",
            MailPlan.objects.filter(state=State.UNREACHED, mail_class=MailClass.SERVICE),
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
            "No report came. Look for its Message-ID in your mail provider's log, or ask the customer; or choose"
            " “Send again”: a second copy does no harm.",
            _ambiguous(now),
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
            "Is the worker running, and does the mail server answer? `manage.py check_mail ADDRESS` tells.",
            late(),
        ),
        Concern(
            "held",
            "Mails held for too long",
            "They wait for another mail, which did not leave: look at that one first.",
            MailPlan.objects.filter(
                of_current_shop(), state=State.HELD, due_at__lt=now - HELD_TOO_LONG_AFTER
            ),
        ),
        Concern(
            "unplanned",
            "Events whose mails could not be planned",
            "Correct what the message names, then choose “Plan the mails now”.",
            OrderEvent.objects.filter(planned_at=None, received_at__lt=now - UNPLANNED_AFTER),
        ),
        Concern(
            "unannounced",
            "Orders of which no event told",
            "Their mails were planned all the same. Is the webhook of the shop active, and may its app read orders?",
            OrderEvent.objects.filter(
                source=reconciliation.SOURCE, received_at__gt=now - UNANNOUNCED_SHOWN_FOR
            ),
        ),
        Concern(
            "unreadable",
            "The shop's orders can't be read",
            "Read the error. Is the shop's address right, and may its token read orders?",
            _unreadable(now),
        ),
        Concern(
            "other-shop",
            "Mails of a shop that this store is no longer connected to",
            "Tell the buyers in another way, then cancel the mails. They leave by themselves if that shop comes back.",
            MailPlan.objects.exclude(of_current_shop()).filter(state__in=(*OPEN, *LEASED)),
        ),
        Concern(
            "paused",
            "Mail servers that take nothing for now",
            "Read the reason. They are asked again by themselves.",
            pauses.active().filter(failures__gte=PAUSES_UNTIL_ADVICE),
        ),
        Concern(
            "silent",
            "Processes of the shop that fell silent",
            "Start the one that is named again. `worker` and `beat` send the mails.",
            Heartbeat.objects.filter(at__lt=now - SILENT_AFTER),
        ),
        Concern(
            "clock",
            "The clock of this machine was set back",
            "Correct it. Mails that were due before wait until the clock is there again.",
            Heartbeat.objects.filter(at__gt=now + CLOCK_SET_BACK_BY),
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
    rows = MailPlan.objects.filter(of_current_shop(), state__in=WAITING, due_at__lte=now)
    return rows.exclude(waits_for_mailbox)


def _ambiguous(now: datetime) -> QuerySet[MailPlan]:
    """Safety mails at once; others a day later where a report of a server or a provider may still settle them."""
    rows = MailPlan.objects.filter(state=State.AMBIGUOUS)
    if not (settings.MAIL_PROVIDER or settings.MAIL_BOUNCE_URL):
        return rows
    tried = MailAttempt.objects.filter(plan=OuterRef("pk"), ended_at__gt=now - REPORT_AWAITED_FOR)
    return rows.filter(Q(mail_class=MailClass.SAFETY) | ~Exists(tried))


def _unreadable(now: datetime) -> QuerySet[Reconciliation]:
    """The shop whose orders could not be looked at for too long, whatever events came in between."""
    return Reconciliation.objects.filter(of_current_shop(), succeeded_at__lt=now - UNREADABLE_AFTER)


def seconds_since_news() -> dict[str, float | None]:
    """How long ago the shop last told of something: by an event, and by a look at its orders; None for never."""
    now = timezone.now()
    event = OrderEvent.objects.filter(of_current_shop()).exclude(source=reconciliation.SOURCE)
    times = {
        "event": event.aggregate(at=Max("received_at"))["at"],
        "orders": Reconciliation.objects.filter(of_current_shop()).aggregate(at=Max("succeeded_at"))["at"],
    }
    return {name: None if at is None else (now - at).total_seconds() for name, at in times.items()}


def _hears_of_orders() -> bool:
    """An event or a look at the orders has come through lately, or no look was tried yet."""
    limit = timezone.now() - DEAF_AFTER
    look = Reconciliation.objects.filter(of_current_shop()).first()
    return (
        look is None
        or look.succeeded_at >= limit
        or OrderEvent.objects.filter(of_current_shop(), received_at__gte=limit).exists()
    )


def heartbeat_ages() -> dict[str, timedelta]:
    """Name of each process that ever ran -> time since it last did its work."""
    now = timezone.now()
    return {name: now - at for name, at in Heartbeat.objects.values_list("name", "at")}


def _has_swept_in_time() -> bool:
    """A worker has swept lately, or the web process, which may be starting with it, has not run for long."""
    beats = {beat.name: beat for beat in Heartbeat.objects.all()}
    limit = timezone.now() - SWEEP_LATE_AFTER
    if heartbeats.Name.SWEEP in beats:
        return beats[heartbeats.Name.SWEEP].at >= limit
    return heartbeats.Name.WEB not in beats or beats[heartbeats.Name.WEB].started_at >= limit


def stopped() -> str:
    """Why mail as a whole does not leave; "" if it does.

    One mail alone never stops the shop: a refusal counts when a second recipient has one as well.
    """
    if not _has_swept_in_time():
        return "no worker has swept for too long"
    if not _hears_of_orders():
        return "the shop's orders can't be read, and no event of it arrives"
    stuck = late().exclude(problem__in=_OWN_PROBLEMS)
    if not stuck.exists():
        return ""
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
