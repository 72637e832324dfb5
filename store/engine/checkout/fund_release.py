"""Gives the money of expired checkouts back, in channels that say so (`releaseFundsForExpiredCheckouts`).

As in Saleor: a checkout has expired when neither it nor its payments changed for `checkoutTtlBeforeReleasingFunds`
hours; those made before `checkoutReleaseFundsCutOffDate`, or more than a year ago, are left to the merchant. Money is
asked back once: where a payment app refuses, it stays on the merchant's list. What a process had begun when it died is
finished by the next sweep, under the same keys, so that nothing is asked back twice.
"""

import logging
from datetime import timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.checkout import paid_checkouts
from store.engine.checkout.models import Checkout
from store.engine.errors import OperationError
from store.engine.payments.models import TransactionItem

log = logging.getLogger(__name__)
BATCH_SIZE = 50  # checkouts of a channel in one sweep
OLDEST = timedelta(days=365)


def due(channel: Channel) -> QuerySet[Checkout]:
    """The channel's expired checkouts with money that was not asked back yet, and those of which it was begun to be;
    oldest change first.
    """
    now = timezone.now()
    untouched_since = now - timedelta(hours=channel.checkout_ttl_before_releasing_funds or 0)
    items = TransactionItem.objects.filter(checkout_id=OuterRef("pk"))
    paid_since_release = Q(created_at__gt=OuterRef("funds_released_at"))
    is_expired = Q(
        Q(funds_released_at=None) | Exists(items.filter(paid_checkouts.HAS_MONEY, paid_since_release)),
        ~Exists(items.filter(modified_at__gte=untouched_since)),
        last_change__lt=untouched_since,
        created_at__gt=max(now - OLDEST, channel.checkout_release_funds_cut_off_date or now - OLDEST),
    )
    return Checkout.objects.filter(
        is_expired & Q(Exists(items.filter(paid_checkouts.HAS_MONEY)))
        | Q(funds_release_began_at__isnull=False),
        ~Exists(items.filter(awaits_result=True)),
        channel=channel,
        has_order=False,
    ).order_by("last_change", "pk")


def sweep() -> int:
    """Ask the money of all due checkouts back and return of how many. Any number of workers may run this at once."""
    released = 0
    for channel in _releasing():
        for pk in list(due(channel).values_list("pk", flat=True)[:BATCH_SIZE]):
            released += _release(channel, pk)
    return released


def _releasing() -> QuerySet[Channel]:
    return Channel.objects.filter(
        release_funds_for_expired_checkouts=True, checkout_ttl_before_releasing_funds__isnull=False
    )


def _release(channel: Channel, checkout_id: UUID) -> bool:
    def is_due() -> bool:
        now = _releasing().filter(pk=channel.pk).first()  # the merchant may have switched it off meanwhile
        return now is not None and due(now).filter(pk=checkout_id).exists()

    try:
        return bool(paid_checkouts.refund(checkout_id=checkout_id, expired=is_due))
    except OperationError as refused:
        log.info("the money of checkout %s was not given back: %s", checkout_id, refused)
        return False
