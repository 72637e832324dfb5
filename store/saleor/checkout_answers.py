"""A checkout as the API answers it, mapped to the inputs of order_totals.

A document spreads the fragments `CheckoutMoney` and `CheckoutLineMoney` and hands the answer in here. A checkout says
its undiscounted prices only as the merchant entered them, with or without tax, and not which; see `as_entered`.
"""

from collections.abc import Sequence
from decimal import Decimal

from store.saleor.client.fragments import CheckoutLineMoney, CheckoutMoney
from store.saleor.order_answers import exact, taxed
from store.saleor.order_totals import (
    Amounts,
    Discount,
    GiftCardUse,
    LineAmounts,
    as_entered,
    is_entered_with_tax,
)
from store.saleor.translations import translated_name

ZERO = Decimal(0)


def checkout_amounts(checkout: CheckoutMoney, lines: Sequence[CheckoutLineMoney]) -> Amounts:
    currency = checkout.total_price.gross.currency
    subtotal, shipping = taxed(checkout.subtotal_price), taxed(checkout.shipping_price)
    off = exact(checkout.discount.amount, currency) if checkout.discount else ZERO
    entered = {line.id: exact(line.undiscounted_total_price.amount, currency) for line in lines}
    prices = [taxed(line.total_price) for line in lines] + [shipping]
    goods = sum(entered.values(), ZERO)
    with_tax = is_entered_with_tax((goods, goods - off), subtotal)
    method = checkout.delivery.shipping_method if checkout.delivery else None
    return Amounts(
        currency=currency,
        lines=[
            LineAmounts(
                line.id,
                taxed(line.total_price),
                as_entered(entered[line.id], like=taxed(line.total_price), with_tax=with_tax, beside=prices),
            )
            for line in lines
        ],
        subtotal=subtotal,
        shipping=shipping,
        total=taxed(checkout.total_price),
        undiscounted_shipping=as_entered(
            exact(method.price.amount, currency), like=shipping, with_tax=with_tax, beside=prices
        )
        if method
        else None,
        discounts=[Discount(checkout.voucher_code, off)] if checkout.voucher_code else [],
        gift_cards=[
            GiftCardUse(card.last_4_code_chars, exact(card.current_balance.amount, currency))
            for card in checkout.gift_cards
        ],
        shipping_name=translated_name(method) if method else "",
        has_shipping=method is not None,
    )
