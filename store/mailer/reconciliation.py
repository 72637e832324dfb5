"""Asks the shop for the orders that changed since the last look, and plans the mails of which no event told.

An event can be lost outside of our reach: an outage longer than the shop tries, a webhook that was switched off or
never registered, an app without permission, a restored database. Such an order would have no safety mail, and nothing
would be late or failed. It finds corrected addresses as well.

What it can't see is a change that does not count as one of the order: in a real Saleor a tracking number or a date of
delivery that was written to a parcel alone. The mails about those ask for the order right before they are sent.
"""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from store.mailer import inbox, missed_events, resending
from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan, Reconciliation
from store.mailer.shops import current_shop, of_current_shop
from store.saleor import clients
from store.saleor.client.enums import OrderOriginEnum
from store.saleor.errors import SaleorError

if TYPE_CHECKING:
    from store.saleor.client.changed_orders import ChangedOrdersOrdersEdgesNode as ChangedOrder

logger = logging.getLogger(__name__)
SOURCE = "reconciliation"
# The first look at a shop goes back so far.
PERIOD = timedelta(days=3)
# An event is given this long to arrive by itself.
GRACE = timedelta(minutes=5)
# Each look begins so much before the end of the last one: clocks differ, and an order is visible after its time.
OVERLAP = timedelta(minutes=15)


def plan_missing() -> int:
    """Plan the mails of which no event told; returns how many orders had any.

    Raises store.saleor.errors.SaleorError; what was looked at until then stays.
    """
    started, look = timezone.now(), _last_look()
    try:
        missing = sum(_plan_page(look, orders, started) for orders in _pages(look.looked_until - OVERLAP))
    except SaleorError as error:
        Reconciliation.objects.filter(pk=look.pk).update(error=str(error)[:2000])
        raise
    _saw_all_until(look, started - GRACE)
    Reconciliation.objects.filter(pk=look.pk).update(succeeded_at=started, error="")
    return missing


def _last_look() -> Reconciliation:
    now = timezone.now()
    defaults = {"looked_until": now - PERIOD, "succeeded_at": now}
    return Reconciliation.objects.get_or_create(shop=current_shop(), defaults=defaults)[0]


def _plan_page(look: Reconciliation, orders: list["ChangedOrder"], started: datetime) -> int:
    missing = sum(_plan_missed(order) for order in orders if _may_be_late(order, started))
    _follow_corrected_addresses(orders)
    if orders:
        _saw_all_until(look, min(orders[-1].updated_at, started - GRACE))
    return missing


def _saw_all_until(look: Reconciliation, until: datetime) -> None:
    """Another process may have looked further meanwhile."""
    Reconciliation.objects.filter(pk=look.pk, looked_until__lt=until).update(looked_until=until)


def _may_be_late(order: "ChangedOrder", started: datetime) -> bool:
    """Orders of before, imported in bulk, get no mail about what happened elsewhere; those whose mails were taken along
    have a record of it (`moved_orders`).
    """
    if order.updated_at >= started - GRACE:
        return False
    is_imported = order.origin is OrderOriginEnum.BULK_CREATE
    return not is_imported or MailPlan.objects.filter(of_current_shop(), order_id=order.id).exists()


def _plan_missed(order: "ChangedOrder") -> bool:
    payloads = missed_events.missed_events(order)
    for payload in payloads:
        logger.error(
            "no event told of %s of order %s; its mails are planned now", payload["__typename"], order.number
        )
        inbox.receive(payload, source=SOURCE)
    return bool(payloads)


def _follow_corrected_addresses(orders: list["ChangedOrder"]) -> None:
    """The SAFETY mails go again by themselves to an address that was corrected."""
    sent_to = MailPlan.objects.filter(
        of_current_shop(), order_id__in=[order.id for order in orders], mail_class=MailClass.SAFETY
    ).values_list("order_id", "recipient")
    addresses = {order.id: order.user_email or "" for order in orders}
    moved = {
        order_id
        for order_id, recipient in sent_to
        if recipient.casefold() != addresses[order_id].strip().casefold()
    }
    for order_id in sorted(moved):
        resending.follow_corrected_address(order_id=order_id, address=addresses[order_id])


def _pages(since: datetime) -> Iterator[list["ChangedOrder"]]:
    """The orders that changed since then, the earliest change first, by page."""
    after = None
    while True:
        found = clients.staff().changed_orders(changed_since=since, after=after).orders
        if found is None:
            return
        yield [edge.node for edge in found.edges]
        after = found.page_info.end_cursor
        if not found.page_info.has_next_page:
            return
