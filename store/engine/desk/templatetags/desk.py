"""Amounts, states and sentences as the merchant reads them."""

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django import template

from store.engine.desk import states, timeline

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else str(format_currency(amount, currency, locale="en"))


@register.filter
def tone(state: str) -> str:
    """Which colour a state is shown in: success, warning, danger, info or none."""
    return states.TONES.get(str(state), "")


@register.filter
def worded(state: str) -> str:
    return states.worded(str(state))


@register.filter
def told(event: Any) -> str:
    return timeline.told(event)
