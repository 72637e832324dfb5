"""The entry for Celery beat, with a real Saleor only: the embedded engine checks what is saved."""

from typing import Any

from store.mailer.beat_schedule import every
from store.saleor_app.tasks import CHECK_TASK

EVERY_SECONDS = 6 * 3600.0

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {CHECK_TASK: every(EVERY_SECONDS, task=CHECK_TASK)}
