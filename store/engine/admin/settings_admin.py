"""Pages of what the shop sells by: the facts of a row, one form to change it, one to make another, and the deletion.

Each form calls the engine's own operations, in one transaction that also keeps the form's one-time key.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminDateWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanSwitchWidget,
)

from store.engine.admin import one_time_forms, seen_values
from store.engine.admin.base import ReadOnlyAdmin, View, posted_data, run_operation
from store.engine.admin.forms import WaiverForm
from store.engine.admin.wording import save_texts, waiver_context
from store.engine.channels.countries import COUNTRY_CODES
from store.engine.errors import ChangedValue, ValuesChanged
from store.engine.events.outbox import record_changes_once
from store.engine.orders import request_keys
from store.engine.row_lock import lock_row

Fields = Mapping[str, tuple[forms.Field, Any]]


def switch(label: str) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, widget=UnfoldBooleanSwitchWidget)


def day(label: str) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=UnfoldAdminDateWidget)


def choice(label: str, choices: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=UnfoldAdminSelectWidget)


def several(label: str, rows: Sequence[Model], **options: Any) -> forms.MultipleChoiceField:
    """Boxes to tick; the values are primary keys as text."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(str(row.pk), str(row)) for row in rows],
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        **options,
    )


def keys(rows: Sequence[Model], chosen: Sequence[Any]) -> list[str]:
    """The value of `several`: the keys of those rows that are chosen, in the order in which the boxes stand."""
    wanted = {str(pk) for pk in chosen}
    return [str(row.pk) for row in rows if str(row.pk) in wanted]


def chosen(rows: Sequence[Any], values: Sequence[str]) -> list[Any]:
    return [row for row in rows if str(row.pk) in values]


class LinesField(forms.CharField):
    """A word on each line; cleans to a list without empty ones."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 4, "spellcheck": "false"})
        super().__init__(label=label, required=False, max_length=20_000, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def country_problem(codes: Sequence[str]) -> str:
    """A sentence that names the first code that no country has; empty if there is none."""
    unknown = next((code for code in codes if code not in COUNTRY_CODES), "")
    return f"No country has the code {unknown[:9]}." if unknown else ""


class CountriesField(forms.CharField):
    """Codes of countries with commas or spaces between; cleans to a list."""

    def __init__(self, label: str, **options: Any) -> None:
        widget = UnfoldAdminTextareaWidget(attrs={"rows": 2, "spellcheck": "false"})
        super().__init__(label=label, max_length=2000, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        codes = super().clean(value).upper().replace(",", " ").split()
        if problem := country_problem(codes):
            raise forms.ValidationError(f"{problem} Two letters each: DE, AT.")
        return list(dict.fromkeys(codes))

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value


class SettingAdmin(ReadOnlyAdmin):
    """A page with the facts of a row and one form for what can be changed; a form for a new one."""

    template = "shop_admin/setting.html"
    list_before_template = "shop_admin/add_link.html"
    show_add_link = False
    can_add = False
    new_words = ""  # above the form of a new row
    delete_words = ""  # what the deletion of a row means; empty: there is none
    only_when_new: tuple[str, ...] = ()  # fields of the form of a new row that the audit log has, too

    def facts(self, row: Any) -> list[tuple[str, Any]]:
        return []

    def fields_of(self, row: Any) -> Fields:
        """The form's fields with their present values, by name; none for a row that is only read."""
        return {}

    def logged_values(self, row: Any) -> Mapping[str, str]:
        """What the audit log compares before and after: by default the form's values, in its words."""
        return {name: _in_words(field, value) for name, (field, value) in self.fields_of(row).items()}

    def save_row(self, request: HttpRequest, row: Any, data: Mapping[str, Any]) -> None:
        """Write the cleaned form through operations, inside the transaction of the form."""

    def new_fields(self) -> Fields:
        """The form of a new row, with what stands in it at first."""
        return {}

    def create_row(self, request: HttpRequest, data: Mapping[str, Any]) -> Any:
        """Make the row by the cleaned form, inside the transaction of the form; returns it."""
        raise NotImplementedError

    def url_of_new(self, row: Any) -> str:
        """Where a form for a new row leads, also one that is sent again."""
        return self.row_url(row)

    def delete_row(self, row: Any) -> None:
        """Delete the row; opens its own transaction."""
        raise NotImplementedError

    def links(self, row: Any) -> list[tuple[str, str]]:
        """(address, words) of the row's further forms."""
        return []

    def row_views(self) -> dict[str, View]:
        return {"remove": self.remove}

    def has_add_permission(self, request: HttpRequest, *_: Any) -> bool:
        return self.can_add and self.is_permitted(request)

    def get_model_perms(self, request: HttpRequest) -> dict[str, bool]:
        return {"add": False, "change": False, "delete": False, "view": self.is_permitted(request)}

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_row(request, object_id)
        fields = self.fields_of(row)
        return self._form_page(request, row, fields, lambda form: self._save(request, row, form))

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return self._form_page(
            request, None, self.new_fields(), lambda form: self._create(request, form.cleaned_data)
        )

    def _form_page(
        self, request: HttpRequest, row: Any, fields: Fields, save: Callable[[forms.Form], Any]
    ) -> HttpResponse:
        """The page with the form; after it was saved a redirect to the row."""
        if row is not None and one_time_forms.was_done_before(request):
            return HttpResponseRedirect(request.path)
        current = {name: value for name, (_, value) in fields.items()}
        form = forms.Form(posted_data(request), initial=current)
        form.fields |= {name: field for name, (field, _) in fields.items()}
        failure, waiver_form, saved = None, WaiverForm(), []
        if request.method == "POST" and fields and form.is_valid():

            def operation() -> None:
                saved.append(save(form))

            failure, waiver_form = save_texts(request, form, operation, success_message="Saved.")
            if failure is None:
                made = saved[0]
                return HttpResponseRedirect(self.row_url(made) if row is not None else self.url_of_new(made))
        changes = failure.changes if failure else ()
        name = str(self.opts.verbose_name)
        return self.render_page(
            request,
            self.template,
            status=422 if failure or form.errors else 200,
            title=self.row_title(row) if row is not None else f"New {name}",
            row=row,
            facts=self.facts(row) if row is not None else [],
            words="" if row is not None else self.new_words,
            links=self.links(row) if row is not None else [],
            delete_url=self.view_url("remove", row) if row is not None and self.delete_words else "",
            back=self.list_url(),
            form=form if fields else None,
            problem=failure.problem if failure else None,
            **seen_values.form_context(request, form, current=current, changes=changes, row=row),
            **waiver_context(request, failure, waiver_form),
        )

    def _save(self, request: HttpRequest, row: Any, form: forms.Form) -> Any:
        """The row; a form that is sent again changes nothing more. What it changed is in the audit log, also what no
        operation notes, such as links to other rows.
        """
        key, operation = one_time_forms.key_of(request), f"change_{self.opts.model_name}"
        with transaction.atomic(durable=True):
            if request_keys.first_result(key, operation=operation, target=row.pk) is None:
                lock_row(row)
                _require_seen(
                    request, form, {name: value for name, (_, value) in self.fields_of(row).items()}
                )
                before = self.logged_values(row)
                self.save_row(request, row, form.cleaned_data)
                self._log(request, row, before=before)
                request_keys.record(key, operation=operation, target=row.pk)
        return row

    def _create(self, request: HttpRequest, data: Mapping[str, Any]) -> Any:
        """The new row; for a form that is sent again, the one it made before."""
        key, operation = one_time_forms.key_of(request), f"new_{self.opts.model_name}"
        with transaction.atomic(durable=True):
            if used := request_keys.first_result(key, operation=operation, target=""):
                return self.model._default_manager.get(pk=used[0])
            row = self.create_row(request, data)
            self._log(request, row, before={}, given={name: data[name] for name in self.only_when_new})
            request_keys.record(key, operation=operation, target="", result=[row.pk])
            return row

    def _log(
        self,
        request: HttpRequest,
        row: Any,
        *,
        before: Mapping[str, str],
        given: Mapping[str, Any] | None = None,
    ) -> None:
        """Note how the row differs from `before`, as it is stored now: what was typed may have been tidied up.

        `given`: further values of a new row.
        """
        fields = self.new_fields() if given else {}
        after = {name: _in_words(fields[name][0], value) for name, value in (given or {}).items()}
        after |= self.logged_values(self.get_row(request, row.pk))
        kind = type(row).__name__
        changes = {name: (before.get(name, ""), after.get(name, "")) for name in (*before, *after)}
        if not before:  # of what is new, only what it has
            changes = {name: pair for name, pair in changes.items() if pair[1] != NO}
        record_changes_once(entry_type(type(row)), kind=kind, pk=row.pk, changes=changes)

    def remove(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Ask, then delete."""
        if not self.delete_words:
            raise Http404
        failure = None
        if request.method == "POST":
            name = self.row_title(row)
            failure = run_operation(
                request, lambda: self.delete_row(row), success_message=f"{name} is deleted."
            )
            if failure is None:
                return HttpResponseRedirect(self.list_url())
            messages.error(request, failure.message)
        return self.render_page(
            request,
            "shop_admin/form.html",
            status=422 if failure else 200,
            row=row,
            title=f"Delete {self.row_title(row)}?",
            words=self.delete_words,
            button="Delete",
            danger=True,
            back=self.row_url(row),
        )


YES, NO = "yes", "no"


def _in_words(field: forms.Field, value: Any) -> str:
    """Choices by their labels, lists with commas, switches as yes and no."""
    if isinstance(value, bool):
        return YES if value else NO
    values = value if isinstance(value, list | tuple) else [value]
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    labels = {str(key): str(label) for key, label in choices}
    return ", ".join(labels.get(text, text) for text in map(_shown, values))


def entry_type(model: type[Model]) -> str:
    """Of a change that no operation records: SHIPPING_ZONE_UPDATED, as Saleor names events."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", model.__name__).upper() + "_UPDATED"


def _require_seen(request: HttpRequest, form: forms.Form, current: Mapping[str, Any]) -> None:
    """Raises ValuesChanged for what somebody else changed since the form was shown."""
    seen = seen_values.seen_values(request) or {}
    changes = [
        ChangedValue(name, seen[name], value)
        for name, value in current.items()
        if name in seen and _shown(seen[name]) != _shown(value) and form.cleaned_data.get(name) != value
    ]
    if changes:
        raise ValuesChanged(changes)


def _shown(value: Any) -> str:
    return "" if value is None else str(value)
