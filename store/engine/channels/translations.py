"""Translations of objects of any type, stored in one table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from store.engine.caching.invalidation import CachedValue, read_through
from store.engine.channels.models import Translation
from store.engine.channels.wording import check_words
from store.engine.errors import NotUnique

# Of what each list of products, each filter and each menu names again; they are short. Most objects have no translation
# into the shop's first language, and that is worth keeping as well.
KEPT_KINDS = frozenset({"Attribute", "AttributeValue", "Category", "MenuItem"})
MOST_KEPT = 5_000  # translations, or their absence; a shop with more reads the others each time

_Key = tuple[str, str, str]  # kind, pk, language


def _translated(name: str) -> Any:
    return property(lambda fields: fields.values.get(name))


@dataclass(frozen=True, slots=True)
class TranslatedFields:
    """One object's translated fields in one language; None for a field without translation."""

    pk: int
    language_code: str  # as LanguageCodeEnum spells it: DE, PT_BR
    values: Mapping[str, Any]
    kind: str  # Saleor's type of the object
    object_pk: str

    name = _translated("name")
    title = _translated("title")
    slug = _translated("slug")
    description = _translated("description")
    content = _translated("content")
    rich_text = _translated("rich_text")
    plain_text = _translated("plain_text")
    header_text = _translated("header_text")
    seo_title = _translated("seo_title")
    seo_description = _translated("seo_description")


_known: CachedValue[dict[_Key, TranslatedFields | None]] = CachedValue(dict)


def find(*, kind: str, pks: Iterable[object], language: str) -> dict[str, TranslatedFields]:
    """Translations of several objects by pk (as text), in at most one statement. `language`: LanguageCodeEnum
    (`PT_BR`)."""

    def read(missing: list[_Key]) -> dict[_Key, TranslatedFields]:
        rows = Translation.objects.filter(
            kind=kind, object_pk__in=[pk for _, pk, _ in missing], language_code=language_tag(language)
        )
        return {(kind, row.object_pk, language): _fields(row, language) for row in rows}

    known = _known() if kind in KEPT_KINDS else {}
    keys: list[_Key] = [(kind, str(pk), language) for pk in pks]
    found = read_through(known if len(known) < MOST_KEPT else {}, keys, read)
    return {pk: fields for (_, pk, _), fields in found.items()}


def translate(*, kind: str, pk: object, language: str, values: Mapping[str, Any]) -> TranslatedFields:
    """Add or change translated fields; fields not in `values` stay.

    Raises OperationErrors for a claim in a text, NotUnique for a slug that another object of this kind has in this
    language.
    """
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
    row.values = row.values | {name: value for name, value in values.items() if name != "slug"}
    row.slug = (values["slug"] or None) if "slug" in values else row.slug
    row.updated_at = timezone.now()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NotUnique("Translation with this Slug already exists.", field="slug") from None
    return _fields(row, language)


def _fields(row: Translation, language: str) -> TranslatedFields:
    return TranslatedFields(row.pk, language, row.values | {"slug": row.slug}, row.kind, row.object_pk)


def delete(*, kind: str, pks: Iterable[object]) -> None:
    """Delete the translations of deleted objects, inside the caller's transaction."""
    Translation.objects.filter(kind=kind, object_pk__in=[str(pk) for pk in pks]).delete()


def find_object_pk(*, kind: str, language: str, slug: str) -> str | None:
    """The pk (as text) of the object that has this slug in this language."""
    rows = Translation.objects.filter(kind=kind, language_code=language_tag(language), slug=slug)
    return rows.values_list("object_pk", flat=True).first()


def language_tag(language: str) -> str:
    """`PT_BR` → `pt-br`."""
    return language.lower().replace("_", "-")
