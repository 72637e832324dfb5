"""Small words that templates need: money, days, stock."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from babel.dates import format_date
from babel.numbers import format_currency
from django import template
from django.conf import settings

register = template.Library()
LOW_STOCK = 5


class Amount(Protocol):
    amount: float
    currency: str


class Taxed(Protocol):
    gross: Amount
    net: Amount


@register.filter
def money(price: Amount | None, locale: str = "en_US") -> str:
    return _written(price.amount, price.currency, locale) if price else ""


@lru_cache(maxsize=2048)
def _written(amount: float, currency: str, locale: str) -> str:
    return str(format_currency(Decimal(str(amount)), currency, locale=locale))


@register.filter
def shown(price: Taxed | None, with_tax: bool = True) -> Amount | None:
    """What the shop says to show: prices with tax (Europe) or without it (United States)."""
    if price is None:
        return None
    return price.gross if with_tax else price.net


@register.filter
def here(url: str) -> str:
    """A picture of our own by its path: it shows under whatever name the shop was reached (localhost, a proxy)."""
    return url.removeprefix(settings.PUBLIC_URL)


@register.filter
def stock_words(quantity: int | None) -> str:
    """The exact number only when it is low: it helps a shopper decide, and tells nobody the whole stock."""
    left = quantity or 0
    if left <= 0:
        return "Out of stock"
    return f"Only {left} left" if left <= LOW_STOCK else "In stock"


@register.filter
def stock_state(quantity: int | None) -> str:
    left = quantity or 0
    return "out" if left <= 0 else "low" if left <= LOW_STOCK else "in"


@register.filter
def delivery_days(method: object) -> str:
    least, most = (
        getattr(method, "minimum_delivery_days", None),
        getattr(method, "maximum_delivery_days", None),
    )
    if least and most and least != most:
        return f"{least} to {most} working days"
    if days := most or least:
        return f"{days} working day{'s' if days > 1 else ''}"
    return ""


@register.filter
def day(moment: datetime | None, locale: str = "en_US") -> str:
    return str(format_date(moment, "long", locale=locale)) if moment else ""
