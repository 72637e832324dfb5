"""Is mail leaving? For /healthz and the merchant's desk."""

from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone

from store.mailer.mail_kinds import MailClass
from store.mailer.models import CLAIMABLE, LEASED, Heartbeat, MailPlan, State

# A mailbox that is full or slow is no illness of ours; a server or a guide that is broken is.
_THEIR_SIDE = (
    Q(last_error__startswith="rcpt:") | Q(last_error__startswith="data:") | Q(last_error__startswith="final:")
)
WAITING = (State.PLANNED, *CLAIMABLE, *LEASED)


def oldest_due() -> dict[str, timedelta | None]:
    """By class: how long the oldest mail has been due without having left; None when nothing is due."""
    now = timezone.now()
    rows = MailPlan.objects.filter(state__in=WAITING, due_at__lte=now).exclude(
        _THEIR_SIDE, state=State.RETRY_WAIT, next_attempt_at__gt=now
    )
    oldest = dict(rows.values_list("mail_class").annotate(Min("due_at")))
    return {name: now - oldest[name] if name in oldest else None for name in MailClass.values}


def in_doubt() -> int:
    """Mails that a person has to look at: perhaps accepted, or refused."""
    return MailPlan.objects.filter(state__in=(State.AMBIGUOUS, State.FAILED)).count()


def last_sweep() -> timedelta | None:
    """How long ago the sweeper came by; None when it never has."""
    at = Heartbeat.objects.filter(name="sweep").values_list("at", flat=True).first()
    return timezone.now() - at if at else None
