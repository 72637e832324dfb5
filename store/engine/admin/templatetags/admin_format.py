"""Amounts, states and sentences as the merchant reads them."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from babel.numbers import format_currency
from django import template

from store.engine.admin import order_event_messages, status_labels

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    return "" if amount is None else str(format_currency(amount, currency, locale="en"))


@register.filter
def moment(written: str) -> str:
    """`2026-11-21T12:00:00+00:00` as `21 Nov 2026, 12:00`; what is no moment is shown as it was written."""
    try:
        return datetime.fromisoformat(written).strftime("%-d %b %Y, %H:%M")
    except ValueError:
        return written


@register.filter
def tone(state: str) -> str:
    """Which colour a state is shown in: success, warning, danger, info or none."""
    return status_labels.TONES.get(str(state), "")


@register.filter
def worded(state: str) -> str:
    return status_labels.worded(str(state))


@register.filter
def told(event: Any) -> str:
    return order_event_messages.told(event)
