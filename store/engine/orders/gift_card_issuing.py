"""Issues the gift cards that a fulfillment contains, one for each piece."""

from collections.abc import Sequence

from store.engine import events
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.orders.models import FulfillmentLine, Order


def issue(order: Order, fulfillment_lines: Sequence[FulfillmentLine]) -> None:
    """Issue a gift card for each piece of the gift card lines among these."""
    for fulfillment_line in fulfillment_lines:
        line = fulfillment_line.order_line
        if not line.is_gift_card:
            continue
        for _ in range(fulfillment_line.quantity):
            card = gift_cards.issue(
                amount=line.undiscounted_unit_price_gross_amount,
                currency=line.currency,
                email=order.user_email,
                user=order.user,
                expiry_date=gift_cards.default_expiry_date(),
                product=line.variant.product if line.variant else None,
                order_line_id=line.pk,
            )
            GiftCardEvent.objects.create(
                gift_card=card,
                type="BOUGHT",
                user=order.user,
                order_id=order.pk,
                parameters={"channel": order.channel.slug},
            )
            events.record_event("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)
            if order.user_email:
                gift_cards.send(card, email=order.user_email, channel=order.channel.slug)


def deactivate(order: Order) -> None:
    """Deactivate the gift cards bought with an order that is canceled."""
    lines = [line.pk for line in order.lines.filter(is_gift_card=True)]
    if lines:
        GiftCard.objects.filter(order_line_id__in=lines).update(is_active=False)
