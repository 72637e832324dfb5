"""The events that an order must have had, as it is now, and that did not arrive.

They are told by their mails: an event is missing where a mail that it causes was never planned. The date of delivery
plans none of its own, it brings others forward, so there the event itself is looked for.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from store.mailer import inbox, planning
from store.mailer.models import MailPlan, OrderEvent
from store.mailer.plan_rules import SHIPPED_STATUS
from store.mailer.shops import of_current_shop
from store.saleor import events

if TYPE_CHECKING:
    from store.saleor.client.changed_orders import (
        ChangedOrdersOrdersEdgesNode as ChangedOrder,
    )
    from store.saleor.client.changed_orders import (
        ChangedOrdersOrdersEdgesNodeFulfillments as ChangedFulfillment,
    )

Payload = dict[str, Any]


def missed_events(order: "ChangedOrder") -> list[Payload]:
    """The payloads of the missing events, in the order in which they happened."""
    return [payload for payload in events_of(order) if _is_missing(events.parse(payload))]


def events_of(order: "ChangedOrder") -> Iterator[Payload]:
    """The payloads of the events that have made the order what it is now."""
    if order.status.value == "CANCELED":
        yield _payload("OrderCancelled", order)
    elif order.is_paid:
        yield _payload("OrderFullyPaid", order)
    if order.total_refunded.amount > 0:
        yield _payload("OrderRefunded", order)
    for fulfillment in order.fulfillments:
        if fulfillment.status.value == SHIPPED_STATUS:
            # Its identity holds the tracking number, so that a corrected one is seen as new.
            yield _payload("FulfillmentTrackingNumberUpdated", order, fulfillment)
            if events.parse_datetime(fulfillment.delivered_at):
                yield _payload("FulfillmentMetadataUpdated", order, fulfillment)


def _payload(kind: str, order: "ChangedOrder", fulfillment: "ChangedFulfillment | None" = None) -> Payload:
    """What the lost event would have brought."""
    payload: Payload = {
        "__typename": kind,
        "issuedAt": timezone.now().isoformat(),
        "order": order.model_dump(mode="json", by_alias=True, exclude={"fulfillments"}),
    }
    if fulfillment is not None:
        payload["fulfillment"] = fulfillment.model_dump(mode="json", by_alias=True)
    return payload


def _is_missing(event: events.Event) -> bool:
    assert isinstance(event, events.AnyEvent)
    if isinstance(event, events.FulfillmentMetadataUpdated):
        key = inbox.dedupe_key(event)
        return not OrderEvent.objects.filter(of_current_shop(), dedupe_key=key).exists()
    keys = planning.plan_keys(event)
    planned = MailPlan.objects.filter(of_current_shop(), plan_key__in=keys).values_list("plan_key", flat=True)
    return bool(set(keys) - set(planned))
