"""The entry for Celery beat, with a real Saleor only: the desk of the embedded shop lists the checkouts themselves."""

from typing import Any

from store.mailer.beat_schedule import CHECK_SECONDS, every
from store.storefront.tasks import READ_AGAIN_TASK

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {READ_AGAIN_TASK: every(CHECK_SECONDS, task=READ_AGAIN_TASK)}
