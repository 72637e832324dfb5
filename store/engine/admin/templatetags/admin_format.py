"""Template filters for amounts, times, statuses and order events."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import template

from store.engine.admin import one_time_forms, sidebar, status_labels
from store.engine.admin.currency_format import format_money
from store.engine.admin.dates import time_text
from store.engine.admin.status_labels import MOVEMENT_LABELS
from store.saleor import carriers
from store.saleor.postal_address import PostalAddress

register = template.Library()


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    return format_money(amount, currency)


@register.filter
def as_in_menu(parts: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Unfold's path to a page, named as in the menu; of two neighbours with one name the second, which is the list."""
    names = sidebar.titles()
    named = [{**part, "title": names.get(str(part.get("link")), part["title"])} for part in parts]
    followers = [*(str(part["title"]) for part in named[1:]), ""]
    return [
        part
        for part, follower in zip(named, followers, strict=True)
        if str(part["title"]).lower() != follower.lower()
    ]


@register.filter
def signed_money(amount: Decimal, currency: str) -> str:
    """An amount that lowers the total has a minus sign."""
    return f"\u2212{money(-amount, currency)}" if amount < 0 else money(amount, currency)


@register.filter
def postal_lines(address: Any) -> tuple[str, ...]:
    """An address as its country writes it, the country in English."""
    parts = {field.name: getattr(address, field.name, "") or "" for field in fields(PostalAddress)}
    return PostalAddress(**parts | {"country_code": str(address.country or "")}).lines()


@register.simple_tag
def request_key() -> str:
    """A new one-time key for a form."""
    return one_time_forms.new_key()


@register.filter
def format_timestamp(value: str) -> str:
    """`2026-11-21T12:00:00+00:00` as `21 Nov 2026, 12:00`; other text is returned unchanged."""
    try:
        return time_text(datetime.fromisoformat(value))
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
def movement_label(reason: str) -> str:
    """Why the stock changed, in words."""
    return MOVEMENT_LABELS.get(reason) or status_labels.status_label(reason)


@register.filter
def tracking(fulfillment: Any) -> carriers.Tracking:
    """Carrier, number and the carrier's page of a parcel."""
    return carriers.tracking(
        fulfillment.tracking_number,
        carrier=str(fulfillment.metadata.get(carriers.KEY, "")),
        delivery_method=fulfillment.order.shipping_method_name or "",
    )
