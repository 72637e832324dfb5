"""Forms that don't overwrite what somebody else changed while they were open.

Each field carries the value that it was rendered with in a hidden one beside it (Django's `show_hidden_initial`). When
the form is sent and another value is stored by now, then a field that the editor left alone keeps the stored one, and a
field that both changed is shown again with the name of who changed it. The form then carries the newer value, so that
sending it once more puts the typed one in its place.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

NO_FILES: MultiValueDict[str, Any] = MultiValueDict()


class SeenList(forms.MultipleHiddenInput):
    """Says also that nothing was chosen, by an empty value."""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        return super().get_context(name, value or [""], attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [value for value in super().value_from_datadict(data, files, name) if value]


class SeenFields:
    """Mixed into a form, before its class. Its initial values are what is stored when the request is answered."""

    fields: dict[str, forms.Field]
    data: Any

    def last_change(self, name: str) -> tuple[str, datetime] | None:
        """Who changed the field last, and when, where that is recorded."""
        return None

    def changed_by(self, name: str) -> str:
        """Who changed the field since, to begin a sentence with."""
        if (found := self.last_change(name)) is None:
            return "Somebody else"
        who, at = found
        return f"{who} ({timezone.localtime(at):%-d %b %Y, %H:%M})"

    def __getitem__(self, name: str) -> BoundField:
        field = self.fields[name]
        field.show_hidden_initial = not isinstance(field, forms.FileField)
        if issubclass(field.hidden_widget, forms.MultipleHiddenInput):
            field.hidden_widget = SeenList
        bound: BoundField = super().__getitem__(name)  # type: ignore[misc]
        return bound

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self._is_new:
            return cleaned
        if hasattr(self.data, "copy"):
            self.data = self.data.copy()
        for name in self.fields:
            self._compare(name, self[name])
        return cleaned

    @property
    def _is_new(self) -> bool:
        """A row that is being made: nobody can have changed it, and what its form began with is not stored."""
        instance = getattr(self, "instance", None)
        return instance is not None and instance.pk is None

    def _compare(self, name: str, bound: BoundField) -> None:
        field, hidden = bound.field, bound.field.hidden_widget()
        if not field.show_hidden_initial or hidden.value_omitted_from_data(
            self.data, NO_FILES, bound.html_initial_name
        ):
            return  # a form that does not say what it showed, such as one that a program sends
        seen = hidden.value_from_datadict(self.data, NO_FILES, bound.html_initial_name)
        if not field.has_changed(bound.initial, seen):
            return
        self._put(bound.html_initial_name, bound)
        if not field.has_changed(seen, bound.data):
            self._put(bound.html_name, bound)
            self.cleaned_data[name] = field.clean(field.prepare_value(bound.initial))  # type: ignore[attr-defined]
        elif field.has_changed(bound.initial, bound.data):
            self.add_error(  # type: ignore[attr-defined]
                name,
                f"{self.changed_by(name)} changed this meanwhile to “{_words(field, bound.initial)}”. Nothing was"
                " written. Save once more to put yours in its place.",
            )

    def _put(self, key: str, bound: BoundField) -> None:
        """Make the stored value that of the input `key`."""
        value = bound.field.prepare_value(bound.initial)
        if isinstance(value, list | tuple) and isinstance(self.data, QueryDict):
            self.data.setlist(key, [str(one) for one in value])
        else:
            self.data[key] = "" if value is None else str(value)


def _words(field: forms.Field, value: Any) -> str:
    """The value as people read it: choices by their labels."""
    if value in (None, "", []):
        return "nothing"
    labels = {str(key): str(label) for key, label in getattr(field, "choices", None) or ()}
    prepared = field.prepare_value(value)
    values = prepared if isinstance(prepared, list | tuple) else [prepared]
    return ", ".join(labels.get(str(one), str(one)) for one in values)
