"""Mutations that translate many objects of one kind, under Saleor's error policies."""

from collections.abc import Callable
from typing import Any

from store.engine import bulk_rows
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import find_one
from store.engine.graphql.channels.translations import translation_of
from store.engine.graphql.errors import to_payload_error
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.translations.contents import KINDS, MANAGE_TRANSLATIONS, Translatable
from store.engine.graphql.translations.mutations import save


def _translate_one(translatable: Translatable, given: dict[str, Any]) -> Any:
    row = find_one(
        translatable.model,
        id=given.get("id"),
        types=translatable.types,
        external_reference=given.get("external_reference"),
    )
    save(translatable, row, given["language_code"], given["translation_fields"])
    return row


def _register(name: str, kind: str) -> None:
    translatable = KINDS[kind]
    read = translation_of(translatable.kind)

    def translate(
        info: Info, *, translations: list[dict[str, Any]], error_policy: str | None = None
    ) -> dict[str, Any]:
        steps = [lambda given=given: _translate_one(translatable, given) for given in translations]
        translated = ids.named_rows(translations, translatable.model, *translatable.types)
        found = bulk_rows.run(
            steps,
            policy=error_policy or bulk_rows.REJECT_EVERYTHING,
            lock=lambda: bulk_rows.lock_in_order(translated),
        )
        errors = [
            [to_payload_error(error) | {"path": error.field} for error in result.errors] for result in found
        ]
        saved = [
            read(result.row, info, language_code=given["language_code"]) if result.row is not None else None
            for given, result in zip(translations, found, strict=True)
        ]
        return {
            "count": len(saved) - saved.count(None),
            "results": [{"translation": row, "errors": own} for row, own in zip(saved, errors, strict=True)],
            "errors": [error for own in errors for error in own],
        }

    translate.__name__ = name
    register: Callable[..., Any] = mutation(permissions=MANAGE_TRANSLATIONS)
    register(translate)


_register("attribute_bulk_translate", "ATTRIBUTE")
_register("attribute_value_bulk_translate", "ATTRIBUTE_VALUE")
_register("product_bulk_translate", "PRODUCT")
_register("product_variant_bulk_translate", "VARIANT")
