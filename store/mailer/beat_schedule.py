"""The mailer's entries for Celery beat. Safety mail has a separate sweep on a queue with its own worker."""

from typing import Any

from django.conf import settings

from store.mailer.mail_classes import QUEUES, MailClass


def _every(seconds: float, **entry: Any) -> dict[str, Any]:
    options = entry.pop("options", {})
    # A sweep not fetched before the next is due expires, so that none pile up while a worker is stopped.
    return {"schedule": seconds, "options": {"expires": seconds, **options}, **entry}


BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "mailer.sweep": _every(settings.SWEEP_SECONDS, task="mailer.sweep"),
    "mailer.sweep.safety": _every(
        settings.SWEEP_SECONDS,
        task="mailer.sweep",
        kwargs={"classes": [MailClass.SAFETY.value]},
        options={"queue": QUEUES[MailClass.SAFETY]},
    ),
}
