"""`translation(languageCode)` of any type, one statement for all siblings; and the mutations that write it."""

from collections.abc import Callable
from typing import Any

from store.engine.channels import countries, translations
from store.engine.channels.translations import Translated
from store.engine.errors import NotUnique, Refusal
from store.engine.graphql.batching import by_peers
from store.engine.graphql.naming import to_camel
from store.engine.graphql.registry import SaleorType

LONGEST = {"name": 255, "title": 255, "seo_title": 70, "seo_description": 300}


def translation_of(kind: str) -> Callable[..., Any]:
    """A field resolver. `kind` is Saleor's type name."""

    def translation(rows: list[Any], info: Any, *, language_code: str) -> list[Translated | None]:
        found = translations.find(kind=kind, pks=[row.pk for row in rows], language=language_code)
        return [found.get(str(row.pk)) for row in rows]

    translation.__qualname__ = f"translation_of_{kind}"
    return by_peers(translation)


def language(root: Translated, _info: Any) -> dict[str, str]:
    return {"code": root.language_code, "language": countries.language(root.language_code)}


class AttributeTranslation(SaleorType):
    language = staticmethod(language)


class AttributeValueTranslation(SaleorType):
    language = staticmethod(language)


class CategoryTranslation(SaleorType):
    language = staticmethod(language)


class CollectionTranslation(SaleorType):
    language = staticmethod(language)


class MenuItemTranslation(SaleorType):
    language = staticmethod(language)


class PageTranslation(SaleorType):
    language = staticmethod(language)


class ProductTranslation(SaleorType):
    language = staticmethod(language)


class ProductVariantTranslation(SaleorType):
    language = staticmethod(language)


class ShippingMethodTranslation(SaleorType):
    language = staticmethod(language)


def write(kind: str, row: Any, language_code: str, given: dict[str, Any]) -> Translated:
    """Keep translated fields; slugs stay unique within kind and language."""
    for name, most in LONGEST.items():
        if len(given.get(name) or "") > most:
            said = f"Ensure this value has at most {most} characters."
            raise Refusal(said, field=to_camel(name))
    if given.get("slug"):
        other = translations.object_with(kind=kind, language=language_code, slug=given["slug"])
        if other not in (None, str(row.pk)):
            raise NotUnique("Translation with this Slug already exists.", field="slug")
    return translations.translate(kind=kind, pk=row.pk, language=language_code, values=given)
