"""Amounts as the admin writes them."""

from decimal import Decimal

from babel.numbers import format_currency


def format_money(amount: Decimal | None, currency: str) -> str:
    """`$31.50`; empty for no amount."""
    return "" if amount is None else str(format_currency(amount, currency, locale="en"))
