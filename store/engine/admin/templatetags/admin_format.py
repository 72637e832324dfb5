"""Template filters for amounts, times, statuses and order events."""

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
def format_timestamp(value: str) -> str:
    """`2026-11-21T12:00:00+00:00` as `21 Nov 2026, 12:00`; other text is returned unchanged."""
    try:
        return datetime.fromisoformat(value).strftime("%-d %b %Y, %H:%M")
    except ValueError:
        return value


@register.filter
def tone(status: str) -> str:
    """Color of a status label: success, warning, danger, info or empty."""
    return status_labels.TONES.get(str(status), "")


@register.filter
def status_label(status: str) -> str:
    return status_labels.status_label(str(status))


@register.filter
def event_message(event: Any) -> str:
    return order_event_messages.event_message(event)
