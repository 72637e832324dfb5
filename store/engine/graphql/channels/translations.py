"""`translation(languageCode)` of any type, one statement for all siblings; and saving a translation."""

from collections.abc import Callable
from typing import Any

from store.engine.channels import countries, translations
from store.engine.channels.translations import TranslatedFields
from store.engine.errors import OperationError
from store.engine.graphql.batching import batched
from store.engine.graphql.naming import to_camel
from store.engine.graphql.plain_values import LanguageDisplay
from store.engine.graphql.registry import SaleorType, declare_values

MAX_LENGTHS = {"name": 255, "title": 255, "slug": 255, "seo_title": 70, "seo_description": 300}


def translation_of(kind: str) -> Callable[..., Any]:
    """The resolver of `translation`. `kind` is Saleor's name of the translated type."""

    def translation(rows: list[Any], info: Any, *, language_code: str) -> list[TranslatedFields | None]:
        found = translations.find(kind=kind, pks=[row.pk for row in rows], language=language_code)
        return [found.get(str(row.pk)) for row in rows]

    translation.__qualname__ = f"translation_of_{kind}"
    return batched(translation)


def language(root: TranslatedFields, _info: Any) -> LanguageDisplay:
    return {"code": root.language_code, "language": countries.language_name(root.language_code)}


TRANSLATED_TYPES = (
    "Attribute",
    "AttributeValue",
    "Category",
    "Collection",
    "MenuItem",
    "Page",
    "Product",
    "ProductVariant",
    "ShippingMethod",
)
for _name in TRANSLATED_TYPES:
    type(f"{_name}Translation", (SaleorType,), {"language": staticmethod(language)})
    declare_values(f"{_name}Translation", TranslatedFields)


def save_translation(kind: str, row: Any, language_code: str, given: dict[str, Any]) -> TranslatedFields:
    """Save translated fields of a row. Raises OperationError for text that is too long, and as `translate` does."""
    for name, max_length in MAX_LENGTHS.items():
        if len(given.get(name) or "") > max_length:
            message = f"Ensure this value has at most {max_length} characters."
            raise OperationError(message, field=to_camel(name))
    return translations.translate(kind=kind, pk=row.pk, language=language_code, values=given)
