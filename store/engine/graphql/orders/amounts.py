"""Amount columns of orders as Money and TaxedMoney."""

from decimal import Decimal
from typing import Any

from store.engine.money import Money, TaxedMoney


def money(row: Any, amount: Decimal) -> Money:
    """The amount in the row's currency."""
    return Money(amount, row.currency)


def taxed_money(row: Any, name: str) -> TaxedMoney:
    """From the columns `<name>_net_amount` and `<name>_gross_amount`."""
    net, gross = getattr(row, f"{name}_net_amount"), getattr(row, f"{name}_gross_amount")
    return TaxedMoney(Money(net, row.currency), Money(gross, row.currency))
