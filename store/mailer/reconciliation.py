"""Finds paid orders of which no event told, and corrected addresses: asks the shop instead of waiting for it.

An event can be lost outside of our reach: a webhook that was switched off, an app without permission, a restored
database. Such an order would have no safety mail, and nothing would be late or failed.
"""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from store.mailer import inbox, planning, resending
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.models import MailPlan
from store.saleor import clients

if TYPE_CHECKING:
    from store.saleor.client.paid_orders import PaidOrdersOrdersEdgesNode as PaidOrder

logger = logging.getLogger(__name__)
SOURCE = "reconciliation"
# Orders that changed in this period are looked at. Longer than an outage that nobody notices.
PERIOD = timedelta(days=3)
# An event is given this long to arrive by itself.
GRACE = timedelta(minutes=5)
MAX_PAGES = 50


def plan_missing() -> int:
    """Plan the mails of paid orders without a safety mail; returns how many orders there were.

    Raises store.saleor.errors.SaleorError.
    """
    missing = []
    for orders in _pages():
        missing += _without_safety_mail(orders)
        _follow_corrected_addresses(orders)
    for order in missing:
        logger.error("order %s was paid and no event told of it; its mails are planned now", order.number)
        inbox.receive(_paid_event(order), source=SOURCE)
    return len(missing)


def _follow_corrected_addresses(orders: list["PaidOrder"]) -> None:
    """The SAFETY mails go again by themselves to an address that was corrected."""
    sent_to = MailPlan.objects.filter(
        order_id__in=[order.id for order in orders], mail_class=MailClass.SAFETY
    ).values_list("order_id", "recipient")
    addresses = {order.id: order.user_email or "" for order in orders}
    moved = {
        order_id
        for order_id, recipient in sent_to
        if recipient.casefold() != addresses[order_id].strip().casefold()
    }
    for order_id in sorted(moved):
        resending.follow_corrected_address(order_id=order_id, address=addresses[order_id])


def _pages() -> Iterator[list["PaidOrder"]]:
    """The paid orders that changed within PERIOD, by page."""
    after = None
    for _ in range(MAX_PAGES):
        found = clients.staff().paid_orders(changed_since=timezone.now() - PERIOD, after=after).orders
        if found is None:
            return
        yield [edge.node for edge in found.edges]
        after = found.page_info.end_cursor
        if not found.page_info.has_next_page:
            return


def _without_safety_mail(orders: list["PaidOrder"]) -> list["PaidOrder"]:
    before = timezone.now() - GRACE
    candidates = [
        order
        for order in orders
        if order.is_paid
        and order.updated_at < before
        and order.status.value not in planning.CLOSED_ORDER_STATUSES
    ]
    planned = set(
        MailPlan.objects.filter(
            order_id__in=[order.id for order in candidates], kind=Kind.SAFETY_FIRST
        ).values_list("order_id", flat=True)
    )
    return [order for order in candidates if order.id not in planned]


def _paid_event(order: "PaidOrder") -> dict[str, object]:
    """The payload that the lost event would have had."""
    return {
        "__typename": "OrderFullyPaid",
        "issuedAt": timezone.now().isoformat(),
        "order": order.model_dump(mode="json", by_alias=True),
    }
