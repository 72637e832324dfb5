"""Template filters: money, dates, delivery times, stock."""

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
    @property
    def amount(self) -> float | Decimal: ...
    @property
    def currency(self) -> str: ...


class Taxed(Protocol):
    gross: Amount
    net: Amount


@register.filter
def money(price: Amount | None, locale: str = "en_US") -> str:
    return _format_money(price.amount, price.currency, locale) if price else ""


@lru_cache(maxsize=2048)
def _format_money(amount: float | Decimal, currency: str, locale: str) -> str:
    return str(format_currency(Decimal(str(amount)), currency, locale=locale))


@register.filter
def gross_or_net(price: Taxed | None, with_tax: bool = True) -> Amount | None:
    """The price to show: with tax (Europe) or without it (United States), as Saleor's displayGrossPrices says."""
    if price is None:
        return None
    return price.gross if with_tax else price.net


@register.filter
def relative_url(url: str) -> str:
    """A picture of ours by its path, so that it loads under any host name (localhost, a proxy)."""
    return url.removeprefix(settings.PUBLIC_URL)


@register.filter
def stock_text(quantity: int | None) -> str:
    """The exact number only when it is low, so that nobody can read off the whole stock."""
    available = quantity or 0
    if available <= 0:
        return "Out of stock"
    return f"Only {available} left" if available <= LOW_STOCK else "In stock"


@register.filter
def stock_state(quantity: int | None) -> str:
    available = quantity or 0
    return "out" if available <= 0 else "low" if available <= LOW_STOCK else "in"


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
