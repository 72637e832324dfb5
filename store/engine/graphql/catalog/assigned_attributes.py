"""`assignedAttributes`: one Saleor type for each kind of attribute, with values of the right kind."""

from collections.abc import Callable, Sequence
from typing import Any

from store.engine.catalog import visibility
from store.engine.catalog.models import Category, Collection, Page, Product, ProductVariant
from store.engine.channels import translations
from store.engine.graphql.batching import bind, by_peers
from store.engine.graphql.catalog.attribute_values import Selected, Value
from store.engine.graphql.catalog.attributes import file_of
from store.engine.graphql.registry import Info, SaleorType


class Assigned:
    """What one thing has of one attribute. Subclasses stand for Saleor's types."""

    def __init__(self, selected: Selected) -> None:
        self.attribute, self.values = selected.attribute, selected.values

    @property
    def first(self) -> Value | None:
        return self.values[0] if self.values else None


CLASSES: dict[str, type[Assigned]] = {}


def _serve(name: str, **resolvers: Callable[..., Any]) -> None:
    """Declare Saleor's type of this name and the class of its rows."""
    row = type(f"{name}Row", (Assigned,), {})
    CLASSES[name] = row
    members = {field: staticmethod(resolve) for field, resolve in resolvers.items()}
    type(name, (SaleorType,), members, model=row)


def _plain(column: str) -> Callable[..., Any]:
    def value(root: Assigned, _info: Info) -> Any:
        return getattr(root.first, column) if root.first else None

    return value


def _translated(column: str) -> Callable[..., Any]:
    """The value's words in another language, in one statement for all siblings."""

    def translation(rows: Sequence[Assigned], _info: Info, *, language_code: str) -> list[Any]:
        pks = [value.pk for row in rows for value in row.values]
        found = translations.find(kind="AttributeValue", pks=pks, language=language_code)
        said = [found.get(str(row.first.pk)) if row.first else None for row in rows]
        return [getattr(one, column) if one else None for one in said]

    translation.__qualname__ = f"translation of {column}"
    return by_peers(translation)


class AssignedChoiceAttributeValue(SaleorType):
    @staticmethod
    @by_peers
    def translation(rows: Sequence[Value], _info: Info, *, language_code: str) -> list[str | None]:
        pks = [row.pk for row in rows]
        found = translations.find(kind="AttributeValue", pks=pks, language=language_code)
        said = [found.get(str(row.pk)) for row in rows]
        return [one.name if one else None for one in said]


class AssignedSwatchAttributeValue(SaleorType):
    @staticmethod
    def hex_color(root: Value, _info: Info) -> str | None:
        return root.value or None

    @staticmethod
    def file(root: Value, _info: Info) -> Any:
        return file_of(root)


# --- references ---------------------------------------------------------------------------------------
def _rows_of(model: Any, column: str, rows: Sequence[Assigned], info: Info) -> list[list[Any]]:
    """What each row points to, in order, in one statement for all siblings."""
    pks = {getattr(value, column) for row in rows for value in row.values} - {None}
    channel = next((row.__dict__["channel"] for row in rows if "channel" in row.__dict__), None)
    found = {one.pk: one for one in _seen(model, channel, info).filter(pk__in=pks)} if pks else {}
    bind(found.values(), channel=channel)
    return [[found[pk] for value in row.values if (pk := getattr(value, column)) in found] for row in rows]


def _seen(model: Any, channel: Any, info: Info) -> Any:
    """Shoppers don't see what isn't published."""
    if model is Page and not info.context.may("MANAGE_PAGES"):
        return visibility.pages()
    if model in (Product, ProductVariant) and channel is not None and not info.context.may("MANAGE_PRODUCTS"):
        return visibility.products(channel) if model is Product else visibility.variants(channel)
    return model.objects.all()


def _many(model: Any, column: str) -> Callable[..., Any]:
    def value(rows: Sequence[Assigned], info: Info, *, limit: int = 100) -> list[list[Any]]:
        return [found[:limit] for found in _rows_of(model, column, rows, info)]

    value.__qualname__ = f"many of {column}"
    return by_peers(value)


def _single(model: Any, column: str) -> Callable[..., Any]:
    def value(rows: Sequence[Assigned], info: Info) -> list[Any]:
        return [found[0] if found else None for found in _rows_of(model, column, rows, info)]

    value.__qualname__ = f"one of {column}"
    return by_peers(value)


ENTITIES: dict[str, tuple[str, Any, str]] = {
    "PAGE": ("Page", Page, "reference_page_id"),
    "PRODUCT": ("Product", Product, "reference_product_id"),
    "PRODUCT_VARIANT": ("ProductVariant", ProductVariant, "reference_variant_id"),
    "CATEGORY": ("Category", Category, "reference_category_id"),
    "COLLECTION": ("Collection", Collection, "reference_collection_id"),
}
for _word, _model, _column in ENTITIES.values():
    _serve(f"AssignedMulti{_word}ReferenceAttribute", value=_many(_model, _column))
    _serve(f"AssignedSingle{_word}ReferenceAttribute", value=_single(_model, _column))

_serve("AssignedNumericAttribute", value=_plain("numeric"))
_serve("AssignedTextAttribute", value=_plain("rich_text"), translation=_translated("rich_text"))
_serve("AssignedPlainTextAttribute", value=_plain("plain_text"), translation=_translated("plain_text"))
_serve("AssignedBooleanAttribute", value=_plain("boolean"))
_serve("AssignedDateTimeAttribute", value=_plain("date_time"))
_serve(
    "AssignedDateAttribute",
    value=lambda root, _info: root.first.date_time.date() if root.first and root.first.date_time else None,
)
_serve("AssignedFileAttribute", value=lambda root, _info: file_of(root.first) if root.first else None)
_serve("AssignedSingleChoiceAttribute", value=lambda root, _info: root.first)
_serve("AssignedMultiChoiceAttribute", value=lambda root, _info: root.values)
_serve("AssignedSwatchAttribute", value=lambda root, _info: root.first)

BY_INPUT = {
    "NUMERIC": "AssignedNumericAttribute",
    "RICH_TEXT": "AssignedTextAttribute",
    "PLAIN_TEXT": "AssignedPlainTextAttribute",
    "BOOLEAN": "AssignedBooleanAttribute",
    "DATE": "AssignedDateAttribute",
    "DATE_TIME": "AssignedDateTimeAttribute",
    "FILE": "AssignedFileAttribute",
    "DROPDOWN": "AssignedSingleChoiceAttribute",
    "MULTISELECT": "AssignedMultiChoiceAttribute",
    "SWATCH": "AssignedSwatchAttribute",
}


def assigned(lists: Sequence[Sequence[Selected]], *, channel: Any = None) -> list[list[Assigned]]:
    """Saleor's AssignedAttribute of each selected attribute; all of them become siblings of each other."""
    found = [[_class_of(one)(one) for one in selected] for selected in lists]
    bind([one for row in found for one in row], channel=channel)
    return found


def _class_of(selected: Selected) -> type[Assigned]:
    attribute = selected.attribute
    if attribute.is_reference:
        many = "Single" if attribute.input_type == "SINGLE_REFERENCE" else "Multi"
        word = ENTITIES[str(attribute.entity_type)][0]
        return CLASSES[f"Assigned{many}{word}ReferenceAttribute"]
    return CLASSES[BY_INPUT[attribute.input_type]]
