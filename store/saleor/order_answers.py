"""An order as the API answers it, mapped to the inputs of order_totals, order_state and postal_address.

For every surface that reads orders through the client: a document spreads the fragments `OrderMoney`, `OrderLineMoney`,
`OrderProgress`, `OrderLineProgress`, `FulfillmentProgress` and `AddressBlock`, and hands the answer in here.
"""

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import get_currency_precision

from store.saleor.client.fragments import (
    AddressBlock,
    FulfillmentProgress,
    OrderLineMoney,
    OrderLineProgress,
    OrderMoney,
    OrderProgress,
    TaxedAmounts,
)
from store.saleor.events import parse_datetime, sent_at
from store.saleor.order_state import RETURNED_STATUSES, SENT_STATUSES, FulfillmentFacts, OrderFacts
from store.saleor.order_totals import (
    Amounts,
    Discount,
    GiftCardUse,
    LineAmounts,
    Taxed,
    discount_name,
    full_shipping,
)
from store.saleor.postal_address import PostalAddress

ZERO = Decimal(0)


def exact(amount: float, currency: str) -> Decimal:
    """An amount of the client, a JSON number, with the decimals of its currency: 29.0 USD is 29.00."""
    return Decimal(str(amount)).quantize(Decimal(1).scaleb(-get_currency_precision(currency)))


MANUAL = "MANUAL"  # Saleor's OrderDiscountType of what staff takes off the order


def taxed(price: TaxedAmounts) -> Taxed:
    currency = price.gross.currency
    return Taxed(exact(price.net.amount, currency), exact(price.gross.amount, currency))


def order_amounts(order: OrderMoney, lines: Sequence[OrderLineMoney], *, shipping_name: str = "") -> Amounts:
    """What `order_totals` needs.

    `shipping_name`: that of the delivery in the reader's language; empty for the one that the order has.
    """
    currency, shipping = order.total.gross.currency, taxed(order.shipping_price)
    discounts = [
        Discount(
            discount_name(kind=one.type_.value, voucher_code=order.voucher_code, name=one.name),
            exact(one.amount.amount, currency),
            is_shared=one.type_.value == MANUAL,
        )
        for one in order.discounts
    ]
    if not discounts and order.voucher_code:  # a voucher on lines is no discount of the order
        discounts = [Discount(order.voucher_code, ZERO)]
    shipping_name = shipping_name or order.shipping_method_name or order.collection_point_name or ""
    return Amounts(
        currency=currency,
        lines=[
            LineAmounts(line.id, taxed(line.total_price), taxed(line.undiscounted_total_price))
            for line in lines
        ],
        subtotal=taxed(order.subtotal),
        shipping=shipping,
        total=taxed(order.total),
        undiscounted_shipping=full_shipping(
            exact(order.undiscounted_shipping_price.amount, currency),
            currency=currency,
            reduced=shipping,
            rate=Decimal(str(order.shipping_tax_rate)),
            discounts=discounts,
            subtotal=taxed(order.subtotal),
        ),
        discounts=discounts,
        gift_cards=[GiftCardUse(card.last_4_code_chars, ZERO) for card in order.gift_cards],
        shipping_name=shipping_name,
        has_shipping=bool(shipping_name or shipping.gross),
    )


def order_facts(
    order: OrderProgress,
    lines: Sequence[OrderLineProgress],
    fulfillments: Sequence[FulfillmentProgress],
) -> OrderFacts:
    """What `order_state` needs."""
    currency = order.total.gross.currency
    return OrderFacts(
        status=order.status.value,
        total=exact(order.total.gross.amount, currency),
        charged=exact(order.total_charged.amount, currency),
        refunded=exact(order.total_refunded.amount, currency),
        authorized=exact(order.total_authorized.amount, currency),
        quantity=sum(line.quantity for line in lines),
        quantity_fulfilled=sum(line.quantity_fulfilled for line in lines),
        fulfillments=[
            FulfillmentFacts(
                status=one.status.value,
                quantity=sum(part.quantity for part in one.lines or ()),
                created=sent_at(one.created, one.shipped_at),
                delivered_at=parse_datetime(one.delivered_at),
                tracking_number=one.tracking_number.strip(),
                carrier=(one.carrier or "").strip(),
            )
            for one in fulfillments
        ],
        shipping=exact(order.shipping_price.gross.amount, currency),
    )


def sent_lines(fulfillments: Sequence[FulfillmentProgress]) -> frozenset[str]:
    """The ids of the order lines of which a piece was handed to the carrier, also where all came back since."""
    return frozenset(
        part.order_line.id
        for one in fulfillments
        if one.status.value in SENT_STATUSES | RETURNED_STATUSES
        for part in one.lines or ()
        if part.order_line and part.quantity
    )


def postal_address(address: AddressBlock) -> PostalAddress:
    return PostalAddress(
        first_name=address.first_name,
        last_name=address.last_name,
        company_name=address.company_name,
        street_address_1=address.street_address_1,
        street_address_2=address.street_address_2,
        city=address.city,
        city_area=address.city_area,
        postal_code=address.postal_code,
        country_area=address.country_area,
        country_code=address.country.code,
        country_name=address.country.country,
        phone=address.phone or "",
    )
