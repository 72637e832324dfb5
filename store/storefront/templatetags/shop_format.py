"""Template filters: money, dates, delivery times, stock."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal
from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from store.guidebook.limit_words import keep_together
from store.reviews.models import RATINGS
from store.reviews.published import Rating
from store.saleor.postal_address import PostalAddress
from store.storefront import languages, values
from store.storefront.product_details import LOW_STOCK
from store.storefront.values import Money, MoneyAnswer

register = template.Library()

_MILLIMETRES = re.compile(r"\b(\d+)[ \u00a0]mm\b")
# Where a part of a German word ends
_COMPOUND = re.compile(r"(\w{2,}(?:heit|keit|ung|schaft|schäft|ion|tät)s)(?=\w{5})")
_CENTS = re.compile(r"[.,]00(?!\d)")


@register.filter
def money(price: Money | MoneyAnswer | None, locale: str = "en_US") -> str:
    return _format_money(price.amount, price.currency, locale) if price else ""


@register.filter
def plain_money(price: Money) -> str:
    """Such as "29.00 USD", as machines read it."""
    return f"{price.plain_amount} {price.currency}"


def whole_money(price: Money, locale: str) -> str:
    """Such as "$25" or "25 €", for an amount without cents."""
    return _CENTS.sub("", money(price, locale))


@lru_cache(maxsize=2048)
def _format_money(amount: Decimal | float, currency: str, locale: str) -> str:
    return str(format_currency(Decimal(str(amount)), currency, locale=locale))


@register.filter
def breakable(title: str) -> str:
    """With soft hyphens between the parts of long German words: on a narrow phone they break there, not anywhere."""
    return _COMPOUND.sub("\\1\u00ad", title)


@register.filter
def rating_of(ratings: Mapping[str, Rating], slug: str) -> Rating | None:
    return ratings.get(slug)


@register.filter
def one_decimal(number: float, locale: str) -> str:
    """Such as "4.5" or "4,5"."""
    return str(format_decimal(round(Decimal(str(number)), 1), "0.0", locale=locale))


@register.filter
def language_name(code: str) -> str:
    """Such as "Deutsch", in its own words."""
    return languages.NAMES.get(code, code)


@register.filter
def stars(rating: int) -> str:
    """Five signs, of which as many are full."""
    return "★" * rating + "☆" * (max(RATINGS) - rating)


@register.filter
def relative_url(url: str) -> str:
    return values.relative_url(url)


@register.filter
def with_inches(text: str, language: str) -> str:
    """ "60 mm" as "60 mm (2.4 in)" in English; readers of the other languages measure in millimetres."""
    if language != "en":
        return text
    return _MILLIMETRES.sub(lambda found: f"{found[0]} ({int(found[1]) / 25.4:.1f}\u00a0in)", text)


@register.filter
def stock_text(quantity: int | None) -> str:
    """The exact number only when it is low, so that nobody can read off the whole stock. None: without a limit."""
    match stock_state(quantity):
        case "out":
            return _("Out of stock")
        case "low":
            return ngettext("Only {quantity} left", "Only {quantity} left", quantity or 0).format(
                quantity=quantity
            )
        case _in:
            return _("In stock")


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
        return _("{minimum} to {maximum} working days").format(minimum=minimum, maximum=maximum)
    if days := maximum or minimum:
        return ngettext("{days} working day", "{days} working days", days).format(days=days)
    return ""


@register.filter(is_safe=True)
def no_break(text: str) -> str:
    """The text with no-break spaces between each number and the word after it, such as 60 mm."""
    return keep_together(text)


@register.filter
def long_date(moment: date | None, locale: str = "en_US") -> str:
    return str(format_date(moment, "long", locale=locale)) if moment else ""


@register.filter
def short_date(day: date | None, locale: str = "en_US") -> str:
    """Such as "Thu, Dec 3" or "Do., 3. Dez."."""
    return str(format_skeleton("MMMEd", day, locale=locale)) if day else ""


@register.filter
def address_lines(address: PostalAddress) -> tuple[str, ...]:
    return address.lines(languages.current())
