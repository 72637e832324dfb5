"""Page types, attributes with their values, product types."""

from collections.abc import Iterator

from store.move.context import MoveContext
from store.move.kinds import (
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
    translate,
    translations,
)
from store.move.shop_api import Mutation, Node, edges

VALUE = "value "
ASSIGNED = "assigned "
OWN_VALUES = ("DROPDOWN", "MULTISELECT", "SWATCH")  # of others each object has a value of its own


def _type_input(context: MoveContext, fields: Fields) -> Fields:
    given = dict(fields)
    if given.get("taxClass"):
        given["taxClass"] = context.id("tax-class", given["taxClass"])
    return given


PAGE_TYPE = Kind(
    "page-type",
    *create_and_update("pageType", ("PageTypeCreateInput", "PageTypeUpdateInput")),
    left=(ASSIGNED,),
)
PRODUCT_TYPE = Kind(
    "product-type",
    *create_and_update("productType", ("ProductTypeInput", "ProductTypeInput")),
    to_input=_type_input,
    left=(ASSIGNED,),
)
ATTRIBUTE = Kind(
    "attribute",
    *create_and_update("attribute", ("AttributeCreateInput", "AttributeUpdateInput")),
    translate("attribute", "NameTranslationInput"),
    left=(VALUE,),
)
_VALUE_CREATE = Mutation(
    "attributeValueCreate", "attributeValue", {"attribute": "ID!", "input": "AttributeValueCreateInput!"}
)
_VALUE_TRANSLATE = translate("attributeValue", "AttributeValueTranslationInput")
_ASSIGN_TO_PAGES = Mutation(
    "pageAttributeAssign", "pageType", {"pageTypeId": "ID!", "attributeIds": "[ID!]!"}
)
_ASSIGN_TO_PRODUCTS = Mutation(
    "productAttributeAssign",
    "productType",
    {"productTypeId": "ID!", "operations": "[ProductAttributeAssignInput!]!"},
)


def move_page_types(context: MoveContext) -> Iterator[str]:
    """Without their attributes, which refer to page types themselves."""
    yield from _move_types(context, PAGE_TYPE, "PageTypes", "pageTypes", with_attributes=False)


def move_attributes(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("Attributes", "attributes")), "slug") for api in (context.former, context.new)
    )
    for slug, node in former.items():
        present = new.get(slug)
        _move_attribute(context, slug, node, present)
        yield slug
    yield from _move_types(context, PAGE_TYPE, "PageTypes", "pageTypes", with_attributes=True)


def move_product_types(context: MoveContext) -> Iterator[str]:
    yield from _move_types(context, PRODUCT_TYPE, "ProductTypes", "productTypes", with_attributes=True)


def _move_attribute(context: MoveContext, slug: str, node: Node, present: Node | None) -> None:
    def write_values(id_: str, fields: Fields) -> None:
        for name, value in fields.items():
            _write_value(context, id_, f"{slug}/{name.removeprefix(VALUE)}", value)

    for value in edges(present["choices"]) if present else ():
        context.ids["value"][f"{slug}/{value['name']}"] = value["id"]
    carry_object(
        context,
        ATTRIBUTE,
        slug,
        _attribute(node),
        found=(present["id"], _attribute(present)) if present else None,
        create_only=lambda: {
            "slug": slug,
            "type": node["type"],
            "inputType": node["inputType"],
            **_references(context, slug, node),
        },
        after=write_values,
    )


def _attribute(node: Node) -> Fields:
    values = edges(node["choices"]) if node["inputType"] in OWN_VALUES else []
    return {
        "name": node["name"],
        **({"unit": node["unit"]} if node["unit"] else {}),
        "valueRequired": node["valueRequired"],
        "visibleInStorefront": node["visibleInStorefront"],
        **{f"{VALUE}{one['name']}": {"value": one["value"] or "", **translations(one)} for one in values},
        **translations(node),
        **metadata(node),
    }


def _references(context: MoveContext, slug: str, node: Node) -> Fields:
    if not node["entityType"]:
        return {}
    types = [
        context.id("page-type", one["pageSlug"])
        for one in node["referenceTypes"] or ()
        if one["__typename"] == "PageType"
    ]
    if len(types) < len(node["referenceTypes"] or ()):
        context.report.to_do.append(
            f"attribute {slug}: choose the product types that it may refer to; they did not exist yet"
        )
    return {"entityType": node["entityType"], **({"referenceTypes": types} if types else {})}


def _write_value(context: MoveContext, attribute_id: str, key: str, value: Fields) -> None:
    given = {"name": key.partition("/")[2], **({"value": value["value"]} if value["value"] else {})}
    id_ = context.ids["value"].get(key)
    if id_ is None:
        id_ = context.mutate("value", key, _VALUE_CREATE, attribute=attribute_id, input=given).id
        context.ids["value"][key] = id_
    for name, texts in value.items():
        if name != "value":
            code = name.rpartition(" ")[2].upper()
            context.mutate("value", key, _VALUE_TRANSLATE, id=id_, languageCode=code, input=texts)


def _move_types(
    context: MoveContext, kind: Kind, document: str, root: str, *, with_attributes: bool
) -> Iterator[str]:
    former, new = (by_key(list(api.nodes(document, root)), "slug") for api in (context.former, context.new))
    read = _page_type if kind is PAGE_TYPE else _product_type
    for slug, node in former.items():
        present = new.get(slug)

        def assign(id_: str, fields: Fields, slug: str = slug) -> None:
            if fields:
                _assign(context, kind, slug, id_, fields)

        def fields_of(node: Node) -> Fields:
            return {
                name: value
                for name, value in read(node).items()
                if with_attributes or not name.startswith(ASSIGNED)
            }

        carry_object(
            context,
            kind,
            slug,
            fields_of(node),
            found=(present["id"], fields_of(present)) if present else None,
            create_only=lambda slug=slug, node=node: (  # type: ignore[misc]
                {"slug": slug} | ({"kind": node["kind"]} if kind is PRODUCT_TYPE else {})
            ),
            after=assign,
        )
        yield slug


def _page_type(node: Node) -> Fields:
    assigned = {f"{ASSIGNED}{one['slug']}": {"type": "PAGE"} for one in node["attributes"] or ()}
    return {"name": node["name"], **assigned, **metadata(node)}


def _product_type(node: Node) -> Fields:
    of_products = {f"{ASSIGNED}{one['slug']}": {"type": "PRODUCT"} for one in node["productAttributes"] or ()}
    of_variants = {
        f"{ASSIGNED}{one['attribute']['slug']}": {
            "type": "VARIANT",
            "variantSelection": one["variantSelection"],
        }
        for one in node["assignedVariantAttributes"] or ()
    }
    return {
        "name": node["name"],
        "isShippingRequired": node["isShippingRequired"],
        **({"weight": node["weight"]} if node["weight"] and node["weight"]["value"] else {}),
        "taxClass": (node["taxClass"] or {}).get("name"),
        **of_products,
        **of_variants,
        **metadata(node),
    }


def _assign(context: MoveContext, kind: Kind, slug: str, id_: str, fields: Fields) -> None:
    ids = {name: context.id("attribute", name.removeprefix(ASSIGNED)) for name in fields}
    if kind is PAGE_TYPE:
        context.mutate(kind.name, slug, _ASSIGN_TO_PAGES, pageTypeId=id_, attributeIds=list(ids.values()))
        return
    operations = [{"id": ids[name], **value} for name, value in fields.items()]
    context.mutate(kind.name, slug, _ASSIGN_TO_PRODUCTS, productTypeId=id_, operations=operations)
