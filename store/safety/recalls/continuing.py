"""Carries open recalls on: reads orders, plans mails and reminders. Called often, by any number of processes."""

import logging
import time

from store.safety.models import Recall
from store.safety.recalls.reminders import plan_reminders
from store.safety.recalls.scan import scan
from store.saleor.errors import SaleorError

logger = logging.getLogger(__name__)


def continue_recalls(*, seconds: float = 15.0) -> bool:
    """False if orders are left to be read when `seconds` are over; a shop that does not answer is asked later."""
    ends_at, is_done = time.monotonic() + seconds, True
    for recall in Recall.objects.filter(state=Recall.State.OPEN).order_by("approved_at"):
        try:
            is_done &= scan(recall, ends_at=ends_at)
        except SaleorError as error:
            logger.warning("the orders of recall %s can't be read now: %s", recall.pk, error)
        plan_reminders(recall)
    return is_done
