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
from store.seed.read import Catalog
from store.seed.read.file_models import Attribute, PageType, ProductType, Swatch
from store.seed.write.context import SeedContext

INPUTS = {
    "dropdown": AttributeInputTypeEnum.DROPDOWN,
    "multiselect": AttributeInputTypeEnum.MULTISELECT,
    "swatch": AttributeInputTypeEnum.SWATCH,
    "numeric": AttributeInputTypeEnum.NUMERIC,
    "plain-text": AttributeInputTypeEnum.PLAIN_TEXT,
    "page": AttributeInputTypeEnum.SINGLE_REFERENCE,
    "pages": AttributeInputTypeEnum.REFERENCE,
}


def write_types(context: SeedContext, catalog: Catalog) -> Iterator[str]:
    for page_type in catalog.page_types:
        _page_type(context, page_type)
        yield page_type.name
    for attribute in catalog.attributes:
        _attribute(context, attribute)
        yield attribute.name
    for product_type in catalog.product_types:
        _product_type(context, product_type)
        yield product_type.name


def _page_type(context: SeedContext, page_type: PageType) -> None:
    """An existing page type is left as it is: we have no operation that changes its name."""
    create_input = PageTypeCreateInput(slug=page_type.slug, name=page_type.name)
    context.upsert(
        "page-type",
        page_type.slug,
        create_input,
        create=lambda: context.client.page_type_create(create_input).page_type_create,
    )


def _attribute(context: SeedContext, attribute: Attribute) -> None:
    client = context.client
    create_input = AttributeCreateInput(
        slug=attribute.slug,
        name=attribute.name,
        type_=AttributeTypeEnum.PRODUCT_TYPE,
        input_type=INPUTS[attribute.input],
        visible_in_storefront=True,
        **_values(attribute),
        **_reference(context, attribute),
    )
    new = [
        value
        for value in attribute.values
        if f"{attribute.slug}/{_value(value)['name']}" not in context.ids["value"]
    ]
    added = [AttributeValueUpdateInput(**_value(value)) for value in new]
    update_input = AttributeUpdateInput(name=attribute.name, add_values=added)
    context.upsert(
        "attribute",
        attribute.slug,
        create_input,
        create=lambda: client.attribute_create(create_input).attribute_create,
        update=lambda id_: client.attribute_update(id_, update_input).attribute_update,
    )


def _values(attribute: Attribute) -> dict[str, Any]:
    """Without the key, not with an empty list, for attributes without predefined values."""
    return (
        {"values": [AttributeValueCreateInput(**_value(value)) for value in attribute.values]}
        if attribute.values
        else {}
    )


def _value(value: str | Swatch) -> dict[str, Any]:
    return {"name": value} if isinstance(value, str) else {"name": value.name, "value": value.hex}


def _reference(context: SeedContext, attribute: Attribute) -> dict[str, Any]:
    if attribute.page_type is None:
        return {}
    return {
        "entity_type": AttributeEntityTypeEnum.PAGE,
        "reference_types": [context.id("page-type", attribute.page_type)],
    }


def _product_type(context: SeedContext, product_type: ProductType) -> None:
    client = context.client
    fields: dict[str, Any] = {
        "name": product_type.name,
        "is_shipping_required": True,
        "tax_class": context.id("tax-class", product_type.tax_class),
    }
    create_input = ProductTypeInput(slug=product_type.slug, kind=ProductTypeKindEnum.NORMAL, **fields)
    id_ = context.upsert(
        "product-type",
        product_type.slug,
        create_input,
        create=lambda: client.product_type_create(create_input).product_type_create,
        update=lambda id_: client.product_type_update(id_, ProductTypeInput(**fields)).product_type_update,
    )
    _assign_attributes(context, product_type, id_)


def _assign_attributes(context: SeedContext, product_type: ProductType, id_: str) -> None:
    """Assign the attributes that the type does not have yet; variants are selected by those in `variant`."""
    assigned: list[tuple[str, dict[str, Any]]] = [
        *((name, {"type_": ProductAttributeType.PRODUCT}) for name in product_type.product),
        *(
            (name, {"type_": ProductAttributeType.VARIANT, "variant_selection": True})
            for name in product_type.variant
        ),
        *((name, {"type_": ProductAttributeType.VARIANT}) for name in product_type.variant_facts),
    ]
    operations = [
        ProductAttributeAssignInput(id=context.id("attribute", name), **fields)
        for name, fields in assigned
        if f"{product_type.slug}/{name}" not in context.ids["assigned"]
    ]
    if operations:
        context.send(
            "attributes of the product type",
            product_type.slug,
            lambda: context.client.product_attribute_assign(id_, operations).product_attribute_assign,
        )
