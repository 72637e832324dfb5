"""Products with their channels, and their variants with prices."""

from collections.abc import Iterator, Mapping

from store.move.catalog.attribute_values import read_values, translated_texts, unread_files
from store.move.catalog.pages import note_keys, with_values
from store.move.catalog.shipping import LISTING
from store.move.context import Keys, MoveContext
from store.move.dates import in_future
from store.move.kinds import (
    TRANSLATION,
    Fields,
    Kind,
    by_key,
    carry_object,
    create_and_update,
    metadata,
    seo,
    translate,
    translations,
)
from store.move.shop_api import Mutation, Node, edges
from store.saleor.events import parse_datetime

TEXTS = ("name", "description", "seoTitle", "seoDescription")
PRICE = "price "


def _product_input(context: MoveContext, fields: Fields) -> Fields:
    given = with_values(context, fields)
    if given.get("category"):
        given["category"] = context.id("category", given["category"])
    if "collections" in given:
        given["collections"] = [context.id("collection", slug) for slug in given["collections"]]
    if given.get("taxClass"):
        given["taxClass"] = context.id("tax-class", given["taxClass"])
    return given


PRODUCT = Kind(
    "product",
    *create_and_update("product", ("ProductCreateInput", "ProductInput")),
    translate("product", "TranslationInput"),
    to_input=_product_input,
    left=(LISTING,),
)
VARIANT = Kind(
    "product-variant",
    *create_and_update("productVariant", ("ProductVariantCreateInput", "ProductVariantInput")),
    translate("productVariant", "NameTranslationInput"),
    to_input=with_values,
    left=(PRICE,),
)
_LISTINGS = Mutation(
    "productChannelListingUpdate", "product", {"id": "ID!", "input": "ProductChannelListingUpdateInput!"}
)
_PRICES = Mutation(
    "productVariantChannelListingUpdate",
    "variant",
    {"id": "ID!", "input": "[ProductVariantChannelListingAddInput!]!"},
)
_DEFAULT = Mutation("productVariantSetDefault", "product", {"productId": "ID!", "variantId": "ID!"})
_TEXT_TRANSLATE = translate("attributeValue", "AttributeValueTranslationInput")


def move_products(context: MoveContext) -> Iterator[str]:
    former, new = (
        by_key(list(api.nodes("Products", "products")), "slug") for api in (context.former, context.new)
    )
    note_keys(context, "product", former, new)
    variants = by_key([one for node in new.values() for one in edges(node["productVariants"])], "sku")
    for slug, node in former.items():
        id_ = _move_product(context, slug, node, new.get(slug))
        if id_:
            _move_variants(context, id_, node, variants)
        context.save()
        yield slug


def _move_product(context: MoveContext, slug: str, node: Node, present: Node | None) -> str:
    def list_it(id_: str, fields: Fields) -> None:
        if fields:
            listings = [
                {"channelId": context.id("channel", name.removeprefix(LISTING)), **value}
                for name, value in fields.items()
            ]
            context.mutate("product", slug, _LISTINGS, id=id_, input={"updateChannels": listings})

    for attribute in unread_files(node["attributes"]):
        context.report.to_do.append(f"product {slug}: upload the file of the attribute {attribute} again")
    return carry_object(
        context,
        PRODUCT,
        slug,
        _product(context.former_keys, node),
        found=(present["id"], _product(context.new_keys, present)) if present else None,
        create_only=lambda: {
            "slug": slug,
            "productType": context.id("product-type", node["productType"]["slug"]),
        },
        after=list_it,
    )


def _product(keys: Keys, node: Node) -> Fields:
    listings = {f"{LISTING}{one['channel']['slug']}": _listing(one) for one in node["channelListings"] or ()}
    return {
        "name": node["name"],
        "description": node["description"],
        "seo": seo(node),
        **_weight(node),
        **({"rating": node["rating"]} if node["rating"] is not None else {}),
        "category": (node["category"] or {}).get("slug"),
        "collections": sorted(one["slug"] for one in node["collections"] or ()),
        "taxClass": (node["taxClass"] or {}).get("name"),
        **read_values(keys, node["attributes"]),
        **listings,
        **translations(node, TEXTS),
        **metadata(node),
    }


def _listing(listing: Node) -> Fields:
    """`availableForPurchaseAt` in the past says that it can be bought, none that it can't. Saleor takes a later one
    only from who also says that it is to be bought.
    """
    at = parse_datetime(listing["availableForPurchaseAt"])
    later = in_future("availableForPurchaseAt", listing["availableForPurchaseAt"])
    return {
        "isPublished": listing["isPublished"],
        **in_future("publishedAt", listing["publishedAt"]),
        "visibleInListings": listing["visibleInListings"],
        "isAvailableForPurchase": at is not None,
        **later,
    }


def _weight(node: Node) -> Fields:
    return {"weight": node["weight"]} if node["weight"] else {}


def _move_variants(context: MoveContext, product_id: str, node: Node, present: Mapping[str, Node]) -> None:
    """One after the other, since their order is that in which they were made."""
    for variant in edges(node["productVariants"]):
        if not variant["sku"]:
            context.report.to_do.append(
                f"product {node['slug']}: give the variant {variant['name']} a SKU, then move again; it was left out"
            )
            continue
        _move_variant(context, product_id, variant, present.get(variant["sku"]))
    sku = (node["defaultVariant"] or {}).get("sku")
    variants = edges(node["productVariants"])
    if ("product", node["slug"]) in context.created and sku and variants and sku != variants[0]["sku"]:
        variant_id = context.id("product-variant", sku)
        context.mutate("product", node["slug"], _DEFAULT, productId=product_id, variantId=variant_id)


def _move_variant(context: MoveContext, product_id: str, node: Node, present: Node | None) -> None:
    sku = node["sku"]

    def price_it(id_: str, fields: Fields) -> None:
        if fields:
            prices = [
                {"channelId": context.id("channel", name.removeprefix(PRICE)), **value}
                for name, value in fields.items()
            ]
            context.mutate("product-variant", sku, _PRICES, id=id_, input=prices)

    fields = _variant(context.former_keys, node)
    carry_object(
        context,
        VARIANT,
        sku,
        fields,
        found=(present["id"], _variant(context.new_keys, present)) if present else None,
        create_only=lambda: {"sku": sku, "product": product_id, "attributes": []},
        after=price_it,
    )


def _variant(keys: Keys, node: Node) -> Fields:
    prices = {
        f"{PRICE}{one['channel']['slug']}": {
            name: one[name]["amount"] for name in ("price", "costPrice", "priorPrice") if one[name]
        }
        for one in node["channelListings"] or ()
        if one["price"]
    }
    return {
        "name": node["name"],
        "trackInventory": node["trackInventory"],
        "quantityLimitPerCustomer": node["quantityLimitPerCustomer"],
        **_weight(node),
        **read_values(keys, node["attributes"]),
        **prices,
        **translations(node),
        **metadata(node),
    }


def move_text_translations(context: MoveContext) -> Iterator[str]:
    """Texts that belong to one product or variant, such as what is in the box: their values exist only by now."""
    if context.is_dry:
        return
    new = dict(_owners(context.new.nodes("Products", "products")))
    for owner, assigned in _owners(context.former.nodes("Products", "products")):
        present = {one["attribute"]["slug"]: one for one in new.get(owner, [])}
        found_texts = translated_texts(new.get(owner, []))
        for slug, texts in translated_texts(assigned).items():
            if slug in present and present[slug]["values"]:
                _carry_texts(
                    context,
                    f"{owner}/{slug}",
                    present[slug]["values"][0]["id"],
                    {f"{TRANSLATION}{code}": text for code, text in texts.items()},
                    {f"{TRANSLATION}{code}": text for code, text in found_texts.get(slug, {}).items()},
                )
        yield owner


def _owners(products: Iterator[Node]) -> Iterator[tuple[str, list[Node]]]:
    for product in products:
        yield product["slug"], product["attributes"]
        for variant in edges(product["productVariants"]):
            yield variant["sku"] or "", variant["attributes"]


def _carry_texts(context: MoveContext, key: str, id_: str, fields: Fields, present: Fields) -> None:
    def update(id_: str, changed: object) -> None:
        assert isinstance(changed, frozenset)
        for name in changed:
            code = name.removeprefix(TRANSLATION).upper()
            context.mutate("text-value", key, _TEXT_TRANSLATE, id=id_, languageCode=code, input=fields[name])

    context.carry("text-value", key, fields, found=(id_, present), create=lambda: id_, update=update)
