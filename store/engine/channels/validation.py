"""Validation of a row before it is saved. Errors have the API's field name, code and message."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from store.engine.channels.wording import check_words
from store.engine.errors import OperationError, OperationErrors, Required, camel_case
from store.engine.events import value_changes
from store.engine.row_lock import lock_row

# Letters that Unicode does not take apart into an ASCII letter and a mark.
SPELLED_OUT = str.maketrans(
    {
        **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O"},
        **{"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ı": "i"},
    }
)
ERROR_CODES = {"unique": "UNIQUE", "required": "REQUIRED", "blank": "REQUIRED", "null": "REQUIRED"}


def validate(row: models.Model) -> models.Model:
    """Return the row. Raises OperationErrors, one for each field that does not fit its column or is not unique.

    Foreign keys are not looked up, and what may be NULL and is fits (Django asks for `blank=True`, too).
    """
    fields = row._meta.concrete_fields
    relations = [field.name for field in fields if field.is_relation]
    empty = [field.name for field in fields if field.null and getattr(row, field.attname) is None]
    errors: dict[str, list[ValidationError]] = {}
    for check in (row.clean_fields, row.validate_unique):
        try:
            check(exclude=[*relations, *empty])
        except ValidationError as error:
            for name, field_errors in error.error_dict.items():
                errors.setdefault(name, []).extend(field_errors)
    if errors:
        raise OperationErrors(_operation_errors(errors))
    return row


def validate_and_save(
    row: models.Model, changes: Mapping[str, Any] | None = None, *, is_locked: bool = False
) -> None:
    """Set attributes of a row (metadata is merged), validate it and the texts that shoppers will read, and save it.

    Of a row that is stored already only `changes` are saved, inside the caller's transaction: it is locked and read
    again first, so that whatever else others saved since it was read stays. `is_locked`: the caller has done so, in
    order to decide by its values. Raises OperationErrors, NotFound.
    """
    changes = changes or {}
    is_new = row._state.adding
    if not (is_new or is_locked):
        lock_row(row)
    links = {field.name for field in row._meta.concrete_fields if field.is_relation}
    before = {name: getattr(row, name) for name in changes if name not in links}
    for name, value in changes.items():
        is_merged = name in ("metadata", "private_metadata")
        setattr(row, name, getattr(row, name) | value if is_merged else value)
    validate(row)
    check_words(_checked(row, changes), of=object_label(row))
    if is_new:
        row.save()
        return
    row.save(update_fields=[*changes, *_set_on_each_save(row)])
    value_changes.note(
        type(row).__name__, row.pk, {name: (old, getattr(row, name)) for name, old in before.items()}
    )


def _set_on_each_save(row: models.Model) -> list[str]:
    """Columns such as `updated_at`."""
    return [field.name for field in row._meta.concrete_fields if getattr(field, "auto_now", False)]


def _checked(row: models.Model, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """Without a slug that was made from the name: its words are checked, and perhaps waived, with the name."""
    title = str(getattr(row, "name", "") or getattr(row, "title", "") or "")
    words = slug_of(title)
    if words and re.fullmatch(rf"{re.escape(words)}(-\d+)?", str(changes.get("slug", ""))):
        return {name: value for name, value in changes.items() if name != "slug"}
    return changes


def object_label(row: models.Model) -> str:
    """Names a row in the log of waivers: `Product 17`."""
    return f"{type(row).__name__} {row.pk or '(new)'}"


def _operation_errors(errors_by_field: Mapping[str, Iterable[ValidationError]]) -> list[OperationError]:
    return [
        OperationError(
            message,
            field=camel_case(name) if name != "__all__" else None,
            code=ERROR_CODES.get(str(error.code), "INVALID"),
        )
        for name, errors in errors_by_field.items()
        for error in errors
        for message in error.messages
    ]


def slug_or_generated(model: type[models.Model], given: Mapping[str, Any], *, name: str = "name") -> str:
    """The slug in `given`, else an unused one made from the field `name`. Raises Required for an empty slug."""
    slug = given.get("slug")
    if slug:
        return str(slug)
    if slug == "" or not given.get(name):
        raise Required("Slug value cannot be blank.", field="slug")
    return unique_slug(model, str(given[name]))


def unique_slug(model: type[models.Model], text: str, *, among: Mapping[str, Any] | None = None) -> str:
    """`text` as a slug that no row of `model` has; only rows that match the filter `among` count."""
    slug = slug_of(text) or model.__name__.lower()
    rows = model._default_manager.filter(**(among or {}), slug__startswith=slug)
    taken = set(rows.values_list("slug", flat=True))
    return first_free_slug(slug, taken)


def slug_of(text: str) -> str:
    """The text as part of an address: in ASCII if that loses no letter, else in its own script; "" if it has none."""
    plain = unicodedata.normalize("NFKC", text).translate(SPELLED_OUT)
    decomposed = unicodedata.normalize("NFKD", plain)
    is_latin = all(letter.isascii() for letter in decomposed if letter.isalnum())
    return slugify(plain, allow_unicode=not is_latin)


def first_free_slug(slug: str, taken: Iterable[str]) -> str:
    """The first of slug, slug-2, slug-3 … that is not in `taken`."""
    taken, candidate, number = set(taken), slug, 2
    while candidate in taken:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def require_not_blank(given: Mapping[str, Any], name: str) -> None:
    """Raises Required when the field is given and blank."""
    if name in given and not str(given[name] or "").strip():
        raise Required("This field cannot be blank.", field=camel_case(name))
