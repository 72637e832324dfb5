"""Paid, and then the browser was closed: such baskets become orders by themselves, where the channel wishes it."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from store.engine.checkout.complete import complete
from store.engine.checkout.models import Checkout
from store.engine.errors import Refusal, Refusals
from store.engine.payments.models import TransactionItem
from store.engine.stock.errors import InsufficientStock

log = logging.getLogger(__name__)
TRY_AGAIN_AFTER = timedelta(minutes=5)
AT_ONCE = 50


def due() -> list[UUID]:
    """Baskets with money on them that nobody has touched for the channel's delay; oldest first."""
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
            | Q(last_automatic_completion_attempt__lt=now - TRY_AGAIN_AFTER)
        )
        .order_by("last_change")
        .values_list("pk", "last_change", "channel__automatic_completion_delay")
    )
    return [pk for pk, changed, delay in candidates if changed <= now - timedelta(minutes=delay or 0)][
        :AT_ONCE
    ]


def sweep() -> int:
    """Any number of workers may do this at once: completion is idempotent. Returns how many orders came of it."""
    done = 0
    for pk in due():
        Checkout.objects.filter(pk=pk).update(last_automatic_completion_attempt=timezone.now())
        try:
            complete(checkout_id=pk, automatic=True)
            done += 1
        except (Refusal, Refusals, InsufficientStock) as refusal:
            log.info("checkout %s stays a basket: %s", pk, refusal)
    return done
