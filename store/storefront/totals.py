"""The money of a cart, checkout or order as a page shows it: `order_totals` with the words of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.saleor.order_totals import Amounts, Row, RowKind, order_totals
from store.storefront.values import Money

LABELS: dict[RowKind, tuple[Promise, Promise]] = {
    RowKind.SUBTOTAL: (_("Subtotal"), _("Subtotal")),
    RowKind.DISCOUNT: (_("Discount"), _("Discount {}")),
    RowKind.SHIPPING: (_("Delivery"), _("Delivery, {}")),
    RowKind.SHIPPING_DISCOUNT: (_("Discount on delivery"), _("Discount on delivery, {}")),
    RowKind.TAX: (_("Tax"), _("Tax")),
    RowKind.GIFT_CARD: (_("Gift card"), _("Gift card ending in {}")),
}


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """`amount` is negative for what lowers the total."""

    kind: RowKind
    label: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Totals:
    """The rows add up to `total`. `lines` are the lines' totals before discounts, by id; `included_tax` is None where
    tax is a row of its own. `delivery_is_open`: the delivery is not chosen yet, so that it is missing in the total.
    """

    lines: Mapping[str, Money]
    rows: tuple[TotalsRow, ...]
    total: Money
    included_tax: Money | None
    delivery_is_open: bool = False


def totals(amounts: Amounts, *, gross: bool, delivery_is_open: bool = False) -> Totals:
    """`gross`: the `displayGrossPrices` of the checkout or order."""
    shown = order_totals(amounts, gross=gross)
    return Totals(
        lines={key: Money(amount, shown.currency) for key, amount in shown.line_totals.items()},
        rows=tuple(TotalsRow(row.kind, _label(row), Money(row.amount, shown.currency)) for row in shown.rows),
        total=Money(shown.total, shown.currency),
        included_tax=None if shown.included_tax is None else Money(shown.included_tax, shown.currency),
        delivery_is_open=delivery_is_open,
    )


def _label(row: Row) -> str:
    unnamed, named = LABELS[row.kind]
    return str(named).format(row.name) if row.name else str(unnamed)
