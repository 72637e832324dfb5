"""`assignedAttributes`: one Saleor type per kind of attribute, each with values of its own type."""

from collections.abc import Callable, Sequence
from typing import Any

from store.engine.catalog import visibility
from store.engine.catalog.models import Attribute, Category, Collection, Page, Product, ProductVariant
from store.engine.channels import translations
from store.engine.channels.models import Channel
from store.engine.graphql.batching import batched, bind_siblings, channel_of_row
from store.engine.graphql.catalog.attribute_values import AssignedValue, SelectedAttribute, rich_text
from store.engine.graphql.catalog.attributes import file_of
from store.engine.graphql.registry import Info, SaleorType, declare_values


class AssignedAttribute:
    """The values that one object has of one attribute. Each of Saleor's types gets a subclass."""

    attribute: Attribute
    values: list[AssignedValue]

    def __init__(self, selected: SelectedAttribute) -> None:
        self.attribute, self.values = selected.attribute, selected.values

    @property
    def first_value(self) -> AssignedValue | None:
        return self.values[0] if self.values else None


ROW_CLASSES: dict[str, type[AssignedAttribute]] = {}


def _declare_type(name: str, **resolvers: Callable[..., Any]) -> None:
    """Declare the Saleor type `name` with these resolvers, and the class of the rows it serves."""
    row = type(f"{name}Row", (AssignedAttribute,), {})
    ROW_CLASSES[name] = row
    members = {field: staticmethod(resolve) for field, resolve in resolvers.items()}
    type(name, (SaleorType,), members, model=row)


def _untranslated(column: str) -> Callable[..., Any]:
    """Resolver that returns this column of the first value, or None."""

    def value(root: AssignedAttribute, _info: Info) -> Any:
        return getattr(root.first_value, column) if root.first_value else None

    return value


def _with_translation(column: str) -> Callable[..., Any]:
    """Resolver for this column of the first value's translation; one statement for all siblings."""

    def translation(rows: Sequence[AssignedAttribute], _info: Info, *, language_code: str) -> list[Any]:
        pks = [value.pk for row in rows for value in row.values]
        found = translations.find(kind="AttributeValue", pks=pks, language=language_code)
        texts = [found.get(str(row.first_value.pk)) if row.first_value else None for row in rows]
        return [getattr(text, column) if text else None for text in texts]

    translation.__qualname__ = f"translation of {column}"
    return batched(translation)


@batched
def translated_value_name(
    rows: Sequence[AssignedValue], _info: Info, *, language_code: str
) -> list[str | None]:
    """The name of each value in a language; None where it was not translated."""
    found = translations.find(kind="AttributeValue", pks=[row.pk for row in rows], language=language_code)
    texts = [found.get(str(row.pk)) for row in rows]
    return [text.name if text else None for text in texts]


class AssignedChoiceAttributeValue(SaleorType):
    translation = staticmethod(translated_value_name)


class AssignedSwatchAttributeValue(SaleorType):
    translation = staticmethod(translated_value_name)

    @staticmethod
    def hex_color(root: AssignedValue, _info: Info) -> str | None:
        return root.value or None

    @staticmethod
    def file(root: AssignedValue, _info: Info) -> Any:
        return file_of(root)


for _value_type in ("AssignedChoiceAttributeValue", "AssignedSwatchAttributeValue"):
    declare_values(_value_type, AssignedValue)


# --- references ---------------------------------------------------------------------------------------
def _referenced_rows(
    model: Any, column: str, rows: Sequence[AssignedAttribute], info: Info
) -> list[list[Any]]:
    """The objects that each row refers to, in order; one statement for all siblings."""
    pks = {getattr(value, column) for row in rows for value in row.values} - {None}
    channel = channel_of_row(rows[0], info)
    found = {row.pk: row for row in _visible(model, channel, info).filter(pk__in=pks)} if pks else {}
    return [[found[pk] for value in row.values if (pk := getattr(value, column)) in found] for row in rows]


def _visible(model: Any, channel: Any, info: Info) -> Any:
    """The model's rows that the requestor may see: customers only what is published."""
    if model is Page and not info.context.has_permission("MANAGE_PAGES"):
        return visibility.pages()
    if (
        model in (Product, ProductVariant)
        and channel is not None
        and not info.context.has_permission("MANAGE_PRODUCTS")
    ):
        return visibility.products(channel) if model is Product else visibility.variants(channel)
    return model.objects.all()


def _multi_reference(model: Any, column: str) -> Callable[..., Any]:
    def value(rows: Sequence[AssignedAttribute], info: Info, *, limit: int = 100) -> list[list[Any]]:
        return [found[:limit] for found in _referenced_rows(model, column, rows, info)]

    value.__qualname__ = f"many of {column}"
    return batched(value)


def _single_reference(model: Any, column: str) -> Callable[..., Any]:
    def value(rows: Sequence[AssignedAttribute], info: Info) -> list[Any]:
        return [found[0] if found else None for found in _referenced_rows(model, column, rows, info)]

    value.__qualname__ = f"one of {column}"
    return batched(value)


ENTITIES: dict[str, tuple[str, Any, str]] = {
    "PAGE": ("Page", Page, "reference_page_id"),
    "PRODUCT": ("Product", Product, "reference_product_id"),
    "PRODUCT_VARIANT": ("ProductVariant", ProductVariant, "reference_variant_id"),
    "CATEGORY": ("Category", Category, "reference_category_id"),
    "COLLECTION": ("Collection", Collection, "reference_collection_id"),
}
for _type_name, _model, _column in ENTITIES.values():
    _declare_type(f"AssignedMulti{_type_name}ReferenceAttribute", value=_multi_reference(_model, _column))
    _declare_type(f"AssignedSingle{_type_name}ReferenceAttribute", value=_single_reference(_model, _column))

_declare_type("AssignedNumericAttribute", value=_untranslated("numeric"))
_declare_type(
    "AssignedTextAttribute",
    value=lambda root, info: rich_text(root.first_value, info) if root.first_value else None,
    translation=_with_translation("rich_text"),
)
_declare_type(
    "AssignedPlainTextAttribute",
    value=_untranslated("plain_text"),
    translation=_with_translation("plain_text"),
)
_declare_type("AssignedBooleanAttribute", value=_untranslated("boolean"))
_declare_type("AssignedDateTimeAttribute", value=_untranslated("date_time"))
_declare_type(
    "AssignedDateAttribute",
    value=lambda root, _info: (
        root.first_value.date_time.date() if root.first_value and root.first_value.date_time else None
    ),
)
_declare_type(
    "AssignedFileAttribute", value=lambda root, _info: file_of(root.first_value) if root.first_value else None
)
_declare_type("AssignedSingleChoiceAttribute", value=lambda root, _info: root.first_value)
_declare_type("AssignedMultiChoiceAttribute", value=lambda root, _info, *, limit=100: root.values[:limit])
_declare_type("AssignedSwatchAttribute", value=lambda root, _info: root.first_value)

TYPE_NAME_BY_INPUT = {
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


def build_assigned_attributes(
    lists: Sequence[Sequence[SelectedAttribute]], info: Info, *, channel: Channel | None = None
) -> list[list[AssignedAttribute]]:
    """Saleor's AssignedAttributes for each list of selected attributes, same shape and order.

    All of them become siblings of each other, so that a reference field costs one statement.
    """
    assigned = [[_class_of(attribute)(attribute) for attribute in selected] for selected in lists]
    bind_siblings(info, [attribute for row in assigned for attribute in row], channel=channel)
    return assigned


SelectedAttributes = Callable[[Sequence[Any], Info], list[list[SelectedAttribute]]]


def assigned_attributes_resolver(selected_attributes: SelectedAttributes) -> Callable[..., Any]:
    """Resolver of `assignedAttributes` for rows whose attributes `selected_attributes` returns."""

    @batched
    def resolve(rows: Sequence[Any], info: Info, *, limit: int = 100) -> list[list[AssignedAttribute]]:
        channel = channel_of_row(rows[0], info)
        found = build_assigned_attributes(selected_attributes(rows, info), info, channel=channel)
        return [own[:limit] for own in found]

    return resolve


def assigned_attribute_resolver(selected_attributes: SelectedAttributes) -> Callable[..., Any]:
    """Resolver of `assignedAttribute(slug)`: the row's attribute of that slug, or None."""

    @batched
    def resolve(rows: Sequence[Any], info: Info, *, slug: str) -> list[AssignedAttribute | None]:
        chosen = [
            [attribute for attribute in own if attribute.attribute.slug == slug]
            for own in selected_attributes(rows, info)
        ]
        found = build_assigned_attributes(chosen, info, channel=channel_of_row(rows[0], info))
        return [own[0] if own else None for own in found]

    return resolve


def _class_of(selected: SelectedAttribute) -> type[AssignedAttribute]:
    attribute = selected.attribute
    if attribute.is_reference:
        cardinality = "Single" if attribute.input_type == "SINGLE_REFERENCE" else "Multi"
        type_name = ENTITIES[str(attribute.entity_type)][0]
        return ROW_CLASSES[f"Assigned{cardinality}{type_name}ReferenceAttribute"]
    return ROW_CLASSES[TYPE_NAME_BY_INPUT[attribute.input_type]]
