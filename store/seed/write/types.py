"""Page types, attributes with their values, product types."""

from collections.abc import Iterator
from typing import Any

from store.saleor.client.enums import (
    AttributeEntityTypeEnum,
    AttributeInputTypeEnum,
    AttributeTypeEnum,
    ProductAttributeType,
    ProductTypeKindEnum,
)
from store.saleor.client.input_types import (
    AttributeCreateInput,
    AttributeUpdateInput,
    AttributeValueCreateInput,
    AttributeValueUpdateInput,
    PageTypeCreateInput,
    ProductAttributeAssignInput,
    ProductTypeInput,
)
from store.seed.read import Catalogue
from store.seed.read.file_models import Attribute, PageType, ProductType, Swatch
from store.seed.write.context import Bench

INPUTS = {
    "dropdown": AttributeInputTypeEnum.DROPDOWN,
    "multiselect": AttributeInputTypeEnum.MULTISELECT,
    "swatch": AttributeInputTypeEnum.SWATCH,
    "numeric": AttributeInputTypeEnum.NUMERIC,
    "plain-text": AttributeInputTypeEnum.PLAIN_TEXT,
    "page": AttributeInputTypeEnum.SINGLE_REFERENCE,
    "pages": AttributeInputTypeEnum.REFERENCE,
}


def write_types(bench: Bench, catalogue: Catalogue) -> Iterator[str]:
    for page_type in catalogue.page_types:
        _page_type(bench, page_type)
        yield page_type.name
    for attribute in catalogue.attributes:
        _attribute(bench, attribute)
        yield attribute.name
    for product_type in catalogue.product_types:
        _product_type(bench, product_type)
        yield product_type.name


def _page_type(bench: Bench, one: PageType) -> None:
    """Found by slug. Its name has no call of ours to change it, so an existing one is left alone."""
    wanted = PageTypeCreateInput(slug=one.slug, name=one.name)
    bench.keep(
        "page-type",
        one.slug,
        wanted,
        create=lambda: bench.client.page_type_create(wanted).page_type_create,
    )


def _attribute(bench: Bench, one: Attribute) -> None:
    client = bench.client
    wanted = AttributeCreateInput(
        slug=one.slug,
        name=one.name,
        type_=AttributeTypeEnum.PRODUCT_TYPE,
        input_type=INPUTS[one.input],
        visible_in_storefront=True,
        **_values(one),
        **_reference(bench, one),
    )
    new = [value for value in one.values if f"{one.slug}/{_value(value)['name']}" not in bench.ids["value"]]
    added = [AttributeValueUpdateInput(**_value(value)) for value in new]
    changed = AttributeUpdateInput(name=one.name, add_values=added)
    bench.keep(
        "attribute",
        one.slug,
        wanted,
        create=lambda: client.attribute_create(wanted).attribute_create,
        update=lambda id_: client.attribute_update(id_, changed).attribute_update,
    )


def _values(one: Attribute) -> dict[str, Any]:
    """Left out, not empty, for attributes that have no list to choose from."""
    return (
        {"values": [AttributeValueCreateInput(**_value(value)) for value in one.values]} if one.values else {}
    )


def _value(value: str | Swatch) -> dict[str, Any]:
    return {"name": value} if isinstance(value, str) else {"name": value.name, "value": value.hex}


def _reference(bench: Bench, one: Attribute) -> dict[str, Any]:
    if one.page_type is None:
        return {}
    return {
        "entity_type": AttributeEntityTypeEnum.PAGE,
        "reference_types": [bench.id("page-type", one.page_type)],
    }


def _product_type(bench: Bench, one: ProductType) -> None:
    client = bench.client
    said: dict[str, Any] = {
        "name": one.name,
        "is_shipping_required": True,
        "tax_class": bench.id("tax-class", one.tax_class),
    }
    wanted = ProductTypeInput(slug=one.slug, kind=ProductTypeKindEnum.NORMAL, **said)
    id_ = bench.keep(
        "product-type",
        one.slug,
        wanted,
        create=lambda: client.product_type_create(wanted).product_type_create,
        update=lambda id_: client.product_type_update(id_, ProductTypeInput(**said)).product_type_update,
    )
    _assign(bench, one, id_)


def _assign(bench: Bench, one: ProductType, id_: str) -> None:
    """Give the type the attributes that it has not yet; shoppers pick by those of its variants."""
    wanted = [
        *((name, ProductAttributeType.PRODUCT) for name in one.product),
        *((name, ProductAttributeType.VARIANT) for name in one.variant),
    ]
    operations = [
        ProductAttributeAssignInput(id=bench.id("attribute", name), type_=kind, **_selection(kind))
        for name, kind in wanted
        if f"{one.slug}/{name}" not in bench.ids["assigned"]
    ]
    if operations:
        bench.send(
            "attributes of the product type",
            one.slug,
            lambda: bench.client.product_attribute_assign(id_, operations).product_attribute_assign,
        )


def _selection(kind: ProductAttributeType) -> dict[str, bool]:
    return {"variant_selection": True} if kind is ProductAttributeType.VARIANT else {}
