"""Words of any object in other languages, kept in one table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine.channels.models import Translation
from store.engine.channels.wording import check_words


@dataclass(frozen=True, slots=True)
class Translated:
    """One object's words in one language; a field that wasn't translated is None."""

    pk: int
    language_code: str  # as LanguageCodeEnum spells it: DE, PT_BR
    values: Mapping[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what Python and Django ask for is no field
            raise AttributeError(name)
        return self.values.get(name)


def find(*, kind: str, pks: Iterable[object], language: str) -> dict[str, Translated]:
    """Translations of several objects by pk (as text), in one statement; `language` as the API spells it."""
    rows = Translation.objects.filter(
        kind=kind, object_pk__in=[str(pk) for pk in pks], language_code=code(language)
    )
    return {row.object_pk: Translated(row.pk, language, row.values) for row in rows}


def translate(*, kind: str, pk: object, language: str, values: Mapping[str, Any]) -> Translated:
    """Add or change translated fields; those that aren't named stay."""
    with transaction.atomic(durable=True):
        check_words(values, of=f"{kind} {pk} in {code(language)}", language=code(language))
        row, _ = Translation.objects.select_for_update().get_or_create(
            kind=kind, object_pk=str(pk), language_code=code(language)
        )
        row.values = row.values | values
        row.updated_at = timezone.now()
        row.save()
    return Translated(row.pk, language, row.values)


def forget(*, kind: str, pks: Iterable[object]) -> None:
    """Objects are gone, and so are their translations. Inside the caller's transaction."""
    Translation.objects.filter(kind=kind, object_pk__in=[str(pk) for pk in pks]).delete()


def object_with(*, kind: str, language: str, **words: str) -> str | None:
    """The pk (as text) of the object whose translation has these words, such as a slug."""
    rows = Translation.objects.filter(kind=kind, language_code=code(language))
    return (
        rows.filter(**{f"values__{name}": word for name, word in words.items()})
        .values_list("object_pk", flat=True)
        .first()
    )


def code(language: str) -> str:
    """`PT_BR` → `pt-br`."""
    return language.lower().replace("_", "-")
