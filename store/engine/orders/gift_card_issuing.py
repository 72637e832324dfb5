"""Gift cards that were bought: a card for each piece, when the line is sent."""

from collections.abc import Sequence

from store.engine import events
from store.engine.discounts import gift_cards
from store.engine.discounts.models import GiftCard, GiftCardEvent
from store.engine.orders.models import FulfillmentLine, Order


def issue(order: Order, contents: Sequence[FulfillmentLine]) -> None:
    for one in contents:
        line = one.order_line
        if not line.is_gift_card:
            continue
        for _ in range(one.quantity):
            card = gift_cards.issue(
                amount=line.undiscounted_unit_price_gross_amount,
                currency=line.currency,
                email=order.user_email,
                user=order.user,
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
            events.record("GIFT_CARD_CREATED", kind="GiftCard", pk=card.pk)


def deactivate(order: Order) -> None:
    """When the order is cancelled, the cards bought with it are worth nothing."""
    lines = [line.pk for line in order.lines.filter(is_gift_card=True)]
    if lines:
        GiftCard.objects.filter(order_line_id__in=lines).update(is_active=False)
