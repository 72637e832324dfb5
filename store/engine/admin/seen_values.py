"""Hidden in a form: the values that its editor saw, so that nobody overwrites what somebody else changed meanwhile."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.http import HttpRequest

from store.engine.errors import ChangedValue

FIELD = "seen_values"


def seen_values(request: HttpRequest) -> dict[str, Any] | None:
    """What the form was rendered with; None for a request that does not say."""
    try:
        found = json.loads(request.POST.get(FIELD, ""))
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A field that somebody else changed, for the page: before, theirs, and what this editor typed."""

    label: str
    before: Any
    theirs: Any
    yours: Any


def form_context(
    request: HttpRequest, form: Form, *, current: Mapping[str, Any], changes: Sequence[ChangedValue]
) -> dict[str, Any]:
    """Template context of an editing form: its hidden values, and both versions of what somebody else changed.

    `current`: the edited fields as they are now. Once both versions are shown, the form carries the newer ones, so that
    sending it again puts the typed values in their place.
    """
    seen = (seen_values(request) if request.method == "POST" else None) or dict(current)
    seen |= {change.field: change.now for change in changes}
    comparisons = [
        Comparison(str(form[change.field].label), change.seen, change.now, form[change.field].value())
        for change in changes
        if change.field in form.fields
    ]
    hidden = json.dumps({name: value if value is None else str(value) for name, value in seen.items()})
    return {"changes": comparisons, "hidden": {FIELD: hidden}}
