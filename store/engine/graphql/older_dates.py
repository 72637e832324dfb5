"""Older fields that say by a day what newer ones say by a time: `publicationDate` beside `publishedAt`."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date

from store.engine.errors import OperationError
from store.engine.graphql.naming import to_camel

NEWER = {"publication_date": "published_at", "available_for_purchase_date": "available_for_purchase_at"}


def day_of(name: str) -> Any:
    """The resolver of the day of the time `name` of the row."""
    return staticmethod(lambda root, _info: to_day(getattr(root, name)))


def to_day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment is not None else None


def with_times(given: Mapping[str, Any]) -> dict[str, Any]:
    """The input with its days as times, from their beginning.

    Raises OperationError for a text that is no day, and where the newer field is given, too.
    """
    found = dict(given)
    for older, newer in NEWER.items():
        if found.get(older) and found.get(newer):
            message = f"Only one of argument: {to_camel(older)} or {to_camel(newer)} must be specified."
            raise OperationError(message, field=to_camel(older), code="INVALID")
        if older in found:
            day = found.pop(older)
            found.setdefault(newer, _beginning(day, older) if day else None)
    return found


def _beginning(day: date | str, name: str) -> datetime:
    parsed = parse_date(day) if isinstance(day, str) else day
    if parsed is None:
        raise OperationError(f"{str(day)[:40]!r} is no day.", field=to_camel(name), code="INVALID")
    return timezone.make_aware(datetime.combine(parsed, time.min))
