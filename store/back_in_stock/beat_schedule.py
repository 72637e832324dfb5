"""The entries of back-in-stock mails for Celery beat."""

from typing import Any

from store.mailer.beat_schedule import CHECK_SECONDS, DAY_SECONDS, every

BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "back_in_stock.sweep": every(CHECK_SECONDS, task="back_in_stock.sweep"),
    "back_in_stock.forget_old": every(DAY_SECONDS, task="back_in_stock.forget_old"),
}
