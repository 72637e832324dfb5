"""The mailer's entries for Celery beat. Safety mail has a separate sweep on a queue with its own worker."""

from datetime import datetime
from typing import Any

from celery.schedules import schedule
from django.conf import settings

from store.mailer.mail_classes import QUEUES, MailClass

CHECK_SECONDS = 300.0
DAY_SECONDS = 24 * 3600.0


class _Interval(schedule):
    """An interval that goes on when the clock of the machine was set back, instead of waiting for the old time."""

    def is_due(self, last_run_at: datetime) -> Any:
        return super().is_due(min(last_run_at, self.now()))


def every(seconds: float, **entry: Any) -> dict[str, Any]:
    """An entry of the schedule."""
    options = entry.pop("options", {})
    # A sweep not fetched before the next is due expires, so that none pile up while a worker is stopped.
    return {"schedule": _Interval(seconds), "options": {"expires": seconds, **options}, **entry}


BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "mailer.sweep": every(settings.SWEEP_SECONDS, task="mailer.sweep"),
    "mailer.sweep.safety": every(
        settings.SWEEP_SECONDS,
        task="mailer.sweep",
        kwargs={"classes": [MailClass.SAFETY.value]},
        options={"queue": QUEUES[MailClass.SAFETY]},
    ),
    "mailer.reconcile": every(CHECK_SECONDS, task="mailer.reconcile"),
    "mailer.alarm": every(CHECK_SECONDS, task="mailer.alarm"),
    "mailer.forget_old": every(DAY_SECONDS, task="mailer.forget_old"),
}
if settings.MAIL_BOUNCE_URL:
    BEAT_SCHEDULE["mailer.read_bounces"] = every(CHECK_SECONDS, task="mailer.read_bounces")
