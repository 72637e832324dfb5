"""Hidden in a form: the values that its editor saw, so that nobody overwrites what somebody else changed meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.forms import Form
from django.http import HttpRequest

from store.engine.accounts import actor_names
from store.engine.admin.dates import time_text
from store.engine.errors import ChangedValue
from store.engine.events import value_changes
from store.engine.events.current_actor import Actor
from store.engine.events.models import Event

FIELD = "seen_values"
SOMEBODY = "somebody else"
LOOKED_AT = 20  # of the newest events about a row


def seen_values(request: HttpRequest) -> dict[str, Any] | None:
    """What the form was rendered with; None for a request that does not say."""
    try:
        found = json.loads(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field that somebody else changed, for the page: before, theirs, what this editor typed, and who it was."""

    label: str
    before: Any
    theirs: Any
    yours: Any
    by: str


def form_context(
    request: HttpRequest,
    form: Form,
    *,
    current: Mapping[str, Any],
    changes: Sequence[ChangedValue],
    row: Model | None,
) -> dict[str, Any]:
    """Template context of an editing form: its hidden values, and both versions of what somebody else changed.

    `current`: the edited fields of `row` as they are now. Once both versions are shown, the form carries the newer
    ones, so that sending it again puts the typed values in their place.
    """
    seen = (seen_values(request) if request.method == "POST" else None) or dict(current)
    seen |= {change.field: change.now for change in changes}
    comparisons = [
        Comparison(
            str(form[change.field].label),
            change.seen,
            change.now,
            form[change.field].value(),
            who_changed(row, change.field) if row is not None else SOMEBODY,
        )
        for change in changes
        if change.field in form.fields
    ]
    hidden = json.dumps({name: value if value is None else str(value) for name, value in seen.items()})
    return {"changes": comparisons, "hidden": {FIELD: hidden}}


def who_changed(row: Model, field: str) -> str:
    """The address of who changed a field last, with the time, from the audit log; else SOMEBODY."""
    kind = type(row).__name__
    events = Event.objects.filter(
        object_kind=value_changes.TYPE_NAMES.get(kind, kind), object_pk=str(row.pk), principal_kind="User"
    ).order_by("-pk")
    for event in events[:LOOKED_AT]:
        if field in event.changes:
            actor = Actor(event.principal_kind, event.principal_pk)
            who = actor_names.names([actor]).get(actor, SOMEBODY)
            return f"{who}, {time_text(event.created_at)}"
    return SOMEBODY
