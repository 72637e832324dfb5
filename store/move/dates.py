"""Moments that still matter to the new shop."""

from typing import Any

from django.utils import timezone

from store.saleor.events import parse_datetime


def in_future(name: str, value: str | None) -> dict[str, Any]:
    """The field, if its moment is still to come; what has happened is told by the field beside it."""
    at = parse_datetime(value)
    return {name: value} if at and at > timezone.now() else {}
