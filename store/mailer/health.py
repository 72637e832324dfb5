"""Whether mail is being sent, for /healthz and the admin home page."""

from datetime import timedelta

from django.db.models import Min, Q
from django.utils import timezone

from store.mailer.mail_kinds import MailClass
from store.mailer.models import CLAIMABLE, LEASED, Heartbeat, MailPlan, State

# Errors of the recipient's side (such as a full mailbox), which do not make the shop unhealthy. A broken mail server or
# guide does.
_RECIPIENT_ERRORS = (
    Q(last_error__startswith="rcpt:") | Q(last_error__startswith="data:") | Q(last_error__startswith="final:")
)
WAITING = (State.PLANNED, *CLAIMABLE, *LEASED)


def oldest_due() -> dict[str, timedelta | None]:
    """Class -> how long its oldest unsent mail has been due; None if nothing is due."""
    now = timezone.now()
    rows = MailPlan.objects.filter(state__in=WAITING, due_at__lte=now).exclude(
        _RECIPIENT_ERRORS, state=State.RETRY_WAIT, next_attempt_at__gt=now
    )
    oldest = dict(rows.values_list("mail_class").annotate(Min("due_at")))
    return {name: now - oldest[name] if name in oldest else None for name in MailClass.values}


def count_needing_review() -> int:
    """The number of mails that a person has to review: ambiguous or failed."""
    return MailPlan.objects.filter(state__in=(State.AMBIGUOUS, State.FAILED)).count()


def last_sweep() -> timedelta | None:
    """Time since the last sweep; None if there was none."""
    at = Heartbeat.objects.filter(name="sweep").values_list("at", flat=True).first()
    return timezone.now() - at if at else None
