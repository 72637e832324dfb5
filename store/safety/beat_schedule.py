"""The entries of product safety for Celery beat."""

from typing import Any

from store.mailer.beat_schedule import CHECK_SECONDS, every
from store.mailer.mail_classes import QUEUES, MailClass
from store.safety.recalls.approval import SCAN_TASK

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    SCAN_TASK: every(CHECK_SECONDS, task=SCAN_TASK, options={"queue": QUEUES[MailClass.SAFETY]}),
}
