"""Amount columns of orders as money."""

from decimal import Decimal
from typing import Any

from store.engine.money import Money, TaxedMoney


def plain(row: Any, amount: Decimal) -> Money:
    return Money(amount, row.currency)


def taxed(row: Any, name: str) -> TaxedMoney:
    """From the columns `<name>_net_amount` and `<name>_gross_amount`."""
    net, gross = getattr(row, f"{name}_net_amount"), getattr(row, f"{name}_gross_amount")
    return TaxedMoney(Money(net, row.currency), Money(gross, row.currency))
