"""`translation(languageCode)` of any type, one statement for all siblings; and saving a translation."""

from collections.abc import Callable
from typing import Any

from django.db import transaction

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


def rich_text_json(name: str) -> Callable[..., Any]:
    """The resolver of the older twin (`descriptionJson`) of a rich text; `{}` where there is none, as in Saleor."""
    return staticmethod(lambda root, _info: getattr(root, name) or {})


def declare_translation(type_name: str, **resolvers: Any) -> None:
    """Declare the type of the translated fields of `type_name`: `ProductTranslation` of `Product`."""
    members = {"language": staticmethod(language), **resolvers}
    type(f"{type_name}Translation", (SaleorType,), members)
    declare_values(f"{type_name}Translation", TranslatedFields)


def save_translation(kind: str, pk: object, language_code: str, given: dict[str, Any]) -> TranslatedFields:
    """Save translated fields of a row, in a transaction of its own. Raises as `save_in_transaction`."""
    with transaction.atomic(durable=True):
        return save_in_transaction(kind, pk, language_code, given)


def save_in_transaction(kind: str, pk: object, language_code: str, given: dict[str, Any]) -> TranslatedFields:
    """Save translated fields of a row, inside the caller's transaction. Raises OperationError for text that is too
    long, and as `translations.translate` does.
    """
    for name, max_length in MAX_LENGTHS.items():
        if len(given.get(name) or "") > max_length:
            message = f"Ensure this value has at most {max_length} characters."
            raise OperationError(message, field=to_camel(name))
    return translations.translate_in_transaction(kind=kind, pk=pk, language=language_code, values=given)
