"""What can be translated: the rows of each kind as translators see them, `translation(s)` and the types of both.

Each of Saleor's types `…TranslatableContent` has a class of its own, whose instances wrap a row; all are declared from
one table.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from store.engine.catalog.models import (
    Attribute,
    AttributeValue,
    Category,
    Collection,
    MenuItem,
    Page,
    Product,
    ProductVariant,
)
from store.engine.channels.translations import TranslatedFields
from store.engine.discounts.models import Voucher
from store.engine.graphql import ids
from store.engine.graphql.batching import batched, bind_siblings
from store.engine.graphql.catalog.attribute_values import AssignedValue
from store.engine.graphql.catalog.pages import selected_attributes as attributes_of_pages
from store.engine.graphql.catalog.products import selected_attributes as attributes_of_products
from store.engine.graphql.catalog.variants import selected_attributes as attributes_of_variants
from store.engine.graphql.channels.translations import declare_translation, rich_text_json, translation_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.naming import to_snake
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.shipping.models import ShippingMethod

MANAGE_TRANSLATIONS = "MANAGE_TRANSLATIONS"
TEXT_INPUT_TYPES = ("RICH_TEXT", "PLAIN_TEXT")


@dataclass(slots=True, eq=False)
class TranslatableContent:
    """A row as translators see it; its fields are the row's."""

    row: Any

    @property
    def pk(self) -> Any:
        return self.row.pk

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)


@dataclass(frozen=True)
class Translatable:
    """A kind of rows that can be translated.

    `content`: Saleor's name before `TranslatableContent` and `Translation`. `kind`: its name of the translated type,
    under which translations are stored. `id_field`: the field of the content that holds the object's id. `rich_text`:
    its field of rich text.
    """

    model: type[Model]
    content: str
    kind: str
    row_class: type[TranslatableContent]
    rich_text: str = ""

    @property
    def id_field(self) -> str:
        return f"{to_snake(self.content)}_id"

    @property
    def types(self) -> tuple[str, str, str]:
        """The types of ids that name a row: the object's and its content's."""
        return self.kind, self.model.__name__, f"{self.content}TranslatableContent"


def _kind(model: type[Model], content: str, kind: str = "", rich_text: str = "") -> Translatable:
    columns = {column.name: Any for column in model._meta.get_fields()}
    row_class = type(f"{content}Content", (TranslatableContent,), {"__annotations__": columns})
    return Translatable(model, content, kind or content, row_class, rich_text)


KINDS: Mapping[str, Translatable] = {
    "ATTRIBUTE": _kind(Attribute, "Attribute"),
    "ATTRIBUTE_VALUE": _kind(AttributeValue, "AttributeValue"),
    "CATEGORY": _kind(Category, "Category", rich_text="description"),
    "COLLECTION": _kind(Collection, "Collection", rich_text="description"),
    "MENU_ITEM": _kind(MenuItem, "MenuItem"),
    "PAGE": _kind(Page, "Page", rich_text="content"),
    "PRODUCT": _kind(Product, "Product", rich_text="description"),
    "SHIPPING_METHOD": _kind(ShippingMethod, "ShippingMethod", "ShippingMethodType"),
    "VARIANT": _kind(ProductVariant, "ProductVariant"),
    "VOUCHER": _kind(Voucher, "Voucher"),
}
BY_STORED_KIND = {translatable.kind: translatable for translatable in KINDS.values()}


BY_MODEL = {translatable.model: translatable for translatable in KINDS.values()}


def contents_of(rows: Iterable[Any], info: Info) -> list[TranslatableContent]:
    """The rows as translators see them, siblings of each other."""
    bound = bind_siblings(info, rows)
    return bind_siblings(info, [BY_MODEL[type(row)].row_class(row) for row in bound])


def _declare(translatable: Translatable) -> None:
    content = f"{translatable.content}TranslatableContent"
    members: dict[str, Any] = {
        "id": staticmethod(lambda root, _info: to_global_id(content, root.pk)),
        translatable.id_field: staticmethod(lambda root, _info: to_global_id(translatable.kind, root.pk)),
        to_snake(translatable.content): staticmethod(lambda root, _info: root.row),
        "translation": staticmethod(translation_of(translatable.kind)),
        **_EXTRA_FIELDS.get(translatable.content, {}),
    }
    translation: dict[str, Any] = {"translatable_content": staticmethod(_content_of_translation)}
    if name := translatable.rich_text:
        members[f"{name}_json"] = translation[f"{name}_json"] = rich_text_json(name)
    type(content, (SaleorType,), members, model=translatable.row_class)
    declare_translation(translatable.content, **translation)


@batched
def _content_of_translation(
    translations: list[TranslatedFields], info: Info
) -> list[TranslatableContent | None]:
    """What was translated; None when it has been deleted meanwhile."""
    rows = BY_STORED_KIND[translations[0].kind].model._default_manager
    contents = contents_of(rows.filter(pk__in={row.object_pk for row in translations}), info)
    found = {str(content.pk): content for content in contents}
    return [found.get(translation.object_pk) for translation in translations]


def _texts_of(selected: Callable[..., Any]) -> Any:
    """The resolver of `attributeValues`: the texts among the values of an object."""

    def attribute_values(contents: list[TranslatableContent], info: Info) -> list[list[TranslatableContent]]:
        own = selected([content.row for content in contents], info)
        pks = [
            [value.pk for attribute in row for value in attribute.values if _is_text(value)] for row in own
        ]
        values = AttributeValue.objects.select_related("attribute").filter(
            pk__in={pk for row in pks for pk in row}
        )
        known = {content.pk: content for content in contents_of(values, info)}
        return [[known[pk] for pk in row if pk in known] for row in pks]

    attribute_values.__qualname__ = f"attribute values by {selected.__module__}"
    return staticmethod(batched(attribute_values))


def _is_text(value: AssignedValue) -> bool:
    return value.attribute.input_type in TEXT_INPUT_TYPES


@batched
def _attribute_of_value(contents: list[TranslatableContent], info: Info) -> list[TranslatableContent]:
    attributes = Attribute.objects.filter(pk__in={content.row.attribute_id for content in contents})
    known = {content.pk: content for content in contents_of(attributes, info)}
    return [known[content.row.attribute_id] for content in contents]


_EXTRA_FIELDS: Mapping[str, Mapping[str, Any]] = {
    "Product": {"attribute_values": _texts_of(attributes_of_products)},
    "ProductVariant": {"attribute_values": _texts_of(attributes_of_variants)},
    "Page": {"attribute_values": _texts_of(attributes_of_pages)},
    "AttributeValue": {"attribute": staticmethod(_attribute_of_value)},
}
for _translatable in KINDS.values():
    _declare(_translatable)


@query(permissions=MANAGE_TRANSLATIONS)
def translations(info: Info, *, kind: str, **paging: Any) -> Connection:
    """Of a kind that this shop has no rows of, such as sales, an empty list."""
    connection = connect(KINDS[kind].model._default_manager.all() if kind in KINDS else [], **paging)
    contents = contents_of([edge.node for edge in connection.edges], info)
    for edge, content in zip(connection.edges, contents, strict=True):
        edge.node = content
    return connection


@query(permissions=MANAGE_TRANSLATIONS)
def translation(info: Info, *, id: str, kind: str) -> TranslatableContent | None:
    """`id` is the object's, or that of its translatable content. None for a kind that this shop has no rows of."""
    if kind not in KINDS:
        return None
    row = ids.find_row(id, KINDS[kind].model, *KINDS[kind].types)
    return contents_of([row], info)[0] if row is not None else None
