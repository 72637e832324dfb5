"""Completes paid checkouts whose browser was closed, in channels that have automatic completion switched on."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from store.engine.checkout.complete import complete
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError, OperationErrors
from store.engine.payments.models import TransactionItem
from store.engine.stock.errors import InsufficientStock

log = logging.getLogger(__name__)
RETRY_AFTER = timedelta(minutes=5)
BATCH_SIZE = 50


def due() -> list[UUID]:
    """Checkouts to complete now: with money charged or authorized, and unchanged for the channel's delay.

    Oldest change first, at most BATCH_SIZE; one that failed is left out for RETRY_AFTER.
    """
    now = timezone.now()
    money = TransactionItem.objects.filter(checkout_id=OuterRef("pk")).filter(
        Q(charged_value__gt=0) | Q(authorized_value__gt=0)
    )
    candidates = (
        Checkout.objects.filter(Exists(money), channel__automatically_complete_fully_paid_checkouts=True)
        .filter(
            Q(channel__automatic_completion_cut_off_date=None)
            | Q(created_at__gte=F("channel__automatic_completion_cut_off_date"))
        )
        .filter(
            Q(last_automatic_completion_attempt=None)
            | Q(last_automatic_completion_attempt__lt=now - RETRY_AFTER)
        )
        .order_by("last_change")
        .values_list("pk", "last_change", "channel__automatic_completion_delay")
    )
    return [pk for pk, changed, delay in candidates if changed <= now - timedelta(minutes=delay or 0)][
        :BATCH_SIZE
    ]


def sweep() -> int:
    """Complete all due checkouts and return how many became orders.

    Any number of workers may run this at once, because completion is idempotent. A checkout that is refused is
    logged.
    """
    completed = 0
    for pk in due():
        Checkout.objects.filter(pk=pk).update(last_automatic_completion_attempt=timezone.now())
        try:
            complete(checkout_id=pk, automatic=True)
            completed += 1
        except (OperationError, OperationErrors, InsufficientStock) as error:
            log.info("checkout %s was not completed: %s", pk, error)
    return completed
