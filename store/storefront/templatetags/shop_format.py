"""Template filters: money, dates, delivery times, stock."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_currency
from django import template

from store.storefront import values
from store.storefront.product_details import LOW_STOCK
from store.storefront.values import Money, MoneyAnswer

register = template.Library()


@register.filter
def money(price: Money | MoneyAnswer | None, locale: str = "en_US") -> str:
    return _format_money(price.amount, price.currency, locale) if price else ""


@lru_cache(maxsize=2048)
def _format_money(amount: Decimal | float, currency: str, locale: str) -> str:
    return str(format_currency(Decimal(str(amount)), currency, locale=locale))


@register.filter
def relative_url(url: str) -> str:
    return values.relative_url(url)


@register.filter
def stock_text(quantity: int | None) -> str:
    """The exact number only when it is low, so that nobody can read off the whole stock. None: without a limit."""
    return {"out": "Out of stock", "low": f"Only {quantity} left", "in": "In stock"}[stock_state(quantity)]


@register.filter
def stock_state(quantity: int | None) -> str:
    if quantity is None or quantity > LOW_STOCK:
        return "in"
    return "low" if quantity > 0 else "out"


@register.filter
def delivery_days(method: object) -> str:
    minimum, maximum = (
        getattr(method, "minimum_delivery_days", None),
        getattr(method, "maximum_delivery_days", None),
    )
    if minimum and maximum and minimum != maximum:
        return f"{minimum} to {maximum} working days"
    if days := maximum or minimum:
        return f"{days} working day{'s' if days > 1 else ''}"
    return ""


@register.filter
def long_date(moment: datetime | None, locale: str = "en_US") -> str:
    return str(format_date(moment, "long", locale=locale)) if moment else ""
