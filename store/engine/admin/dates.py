"""Dates and times as the admin writes them, in the merchant's time zone (settings.TIME_ZONE)."""

from datetime import datetime

from django.utils import timezone


def date_text(moment: datetime | None) -> str:
    """`28 Nov 2026`; empty for none."""
    return f"{timezone.localtime(moment):%-d %b %Y}" if moment else ""


def time_text(moment: datetime | None) -> str:
    """`28 Nov 2026, 14:05`; empty for none."""
    return f"{timezone.localtime(moment):%-d %b %Y, %H:%M}" if moment else ""
