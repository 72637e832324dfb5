"""Checking a row before it is saved, and refusing in the words of the API: field, code, message."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from store.engine.channels.wording import camel, check_words
from store.engine.errors import Refusal, Refusals, Required

CODES = {"unique": "UNIQUE", "required": "REQUIRED", "blank": "REQUIRED", "null": "REQUIRED"}


def checked(row: models.Model) -> models.Model:
    """Raise Refusals for each field that does not fit its column or is taken. Links are not looked up."""
    links = [field.name for field in row._meta.concrete_fields if field.is_relation]
    problems: dict[str, list[ValidationError]] = {}
    for check in (row.clean_fields, row.validate_unique):
        try:
            check(exclude=links)
        except ValidationError as error:
            for name, found in error.error_dict.items():
                problems.setdefault(name, []).extend(found)
    if problems:
        raise Refusals(_refusals(problems))
    return row


def saved(row: models.Model, changes: Mapping[str, Any] | None = None) -> None:
    """Put changes on a row, check it and the words that shoppers will read, save it; metadata is merged."""
    for name, value in (changes or {}).items():
        merges = name in ("metadata", "private_metadata")
        setattr(row, name, getattr(row, name) | value if merges else value)
    checked(row)
    check_words(changes or {}, of=called(row))
    row.save()


def called(row: models.Model) -> str:
    """Whose words these are, in a log: `Product 17`."""
    return f"{type(row).__name__} {row.pk or '(new)'}"


def _refusals(problems: Mapping[str, Iterable[ValidationError]]) -> list[Refusal]:
    return [
        Refusal(
            message,
            field=camel(name) if name != "__all__" else None,
            code=CODES.get(str(error.code), "INVALID"),
        )
        for name, errors in problems.items()
        for error in errors
        for message in error.messages
    ]


def slug_for(model: type[models.Model], given: Mapping[str, Any], *, name: str = "name") -> str:
    """The slug that was given, or one made from the name that nothing else has. An empty one is refused."""
    slug = given.get("slug")
    if slug:
        return str(slug)
    if slug == "" or not given.get(name):
        raise Required("Slug value cannot be blank.", field="slug")
    return free_slug(model, str(given[name]))


def free_slug(model: type[models.Model], text: str, *, among: Mapping[str, Any] | None = None) -> str:
    """`text` as a slug that no row of `model` has (among those that fit `among`)."""
    wanted = slugify(text) or slugify(text, allow_unicode=True) or model.__name__.lower()
    rows = model._default_manager.filter(**(among or {}), slug__startswith=wanted)
    taken = set(rows.values_list("slug", flat=True))
    return next_free(wanted, taken)


def next_free(slug: str, taken: Iterable[str]) -> str:
    """slug, slug-2, slug-3 …: the first that isn't taken."""
    known, candidate, number = set(taken), slug, 2
    while candidate in known:
        candidate, number = f"{slug}-{number}", number + 1
    return candidate


def not_blank(given: Mapping[str, Any], name: str) -> None:
    if name in given and not str(given[name] or "").strip():
        raise Required("This field cannot be blank.", field=camel(name))
