"""What beat says again and again. Safety mail has a sweep of its own, on a queue with a worker of its own."""

from typing import Any

from django.conf import settings

from store.mailer.mail_kinds import QUEUES, MailClass


def _every(seconds: float, **entry: Any) -> dict[str, Any]:
    options = entry.pop("options", {})
    # A sweep that nobody fetched in time is dropped, so that a stopped worker finds no pile of them.
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
