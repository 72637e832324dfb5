"""Translations of objects of any type, stored in one table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine.channels.models import Translation
from store.engine.channels.wording import check_words


def _translated(name: str) -> Any:
    return property(lambda fields: fields.values.get(name))


@dataclass(frozen=True, slots=True)
class TranslatedFields:
    """One object's translated fields in one language; None for a field without translation."""

    pk: int
    language_code: str  # as LanguageCodeEnum spells it: DE, PT_BR
    values: Mapping[str, Any]

    name = _translated("name")
    title = _translated("title")
    slug = _translated("slug")
    description = _translated("description")
    content = _translated("content")
    rich_text = _translated("rich_text")
    plain_text = _translated("plain_text")
    seo_title = _translated("seo_title")
    seo_description = _translated("seo_description")


def find(*, kind: str, pks: Iterable[object], language: str) -> dict[str, TranslatedFields]:
    """Translations of several objects by pk (as text), in one statement. `language`: LanguageCodeEnum (`PT_BR`)."""
    rows = Translation.objects.filter(
        kind=kind, object_pk__in=[str(pk) for pk in pks], language_code=language_tag(language)
    )
    return {row.object_pk: TranslatedFields(row.pk, language, row.values) for row in rows}


def translate(*, kind: str, pk: object, language: str, values: Mapping[str, Any]) -> TranslatedFields:
    """Add or change translated fields; fields not in `values` stay. Raises OperationErrors for a claim in a text."""
    with transaction.atomic(durable=True):
        return translate_in_transaction(kind=kind, pk=pk, language=language, values=values)


def translate_in_transaction(
    *, kind: str, pk: object, language: str, values: Mapping[str, Any]
) -> TranslatedFields:
    """As `translate`, inside the caller's transaction."""
    check_words(values, of=f"{kind} {pk} in {language_tag(language)}", language=language_tag(language))
    row, _ = Translation.objects.select_for_update().get_or_create(
        kind=kind, object_pk=str(pk), language_code=language_tag(language)
    )
    row.values = row.values | values
    row.updated_at = timezone.now()
    row.save()
    return TranslatedFields(row.pk, language, row.values)


def delete(*, kind: str, pks: Iterable[object]) -> None:
    """Delete the translations of deleted objects, inside the caller's transaction."""
    Translation.objects.filter(kind=kind, object_pk__in=[str(pk) for pk in pks]).delete()


def find_object_pk(*, kind: str, language: str, **fields: str) -> str | None:
    """The pk (as text) of the object whose translation has these field values, such as a slug."""
    rows = Translation.objects.filter(kind=kind, language_code=language_tag(language))
    return (
        rows.filter(**{f"values__{name}": value for name, value in fields.items()})
        .values_list("object_pk", flat=True)
        .first()
    )


def language_tag(language: str) -> str:
    """`PT_BR` → `pt-br`."""
    return language.lower().replace("_", "-")
