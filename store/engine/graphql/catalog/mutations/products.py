"""Products and how they stand in channels."""

from typing import Any

from store.engine.catalog import channel_listings, products
from store.engine.catalog.models import Category, Collection, Product, ProductType, ProductVariant
from store.engine.catalog.products import Links
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone, one_of, plain, wishes
from store.engine.graphql.channels.shipping import kilograms
from store.engine.graphql.registry import Info, mutation
from store.engine.taxes.models import TaxClass


def columns(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    found = plain(given)
    if "weight" in found:
        found["weight"] = kilograms(info, found["weight"])
    return found


def links(given: dict[str, Any], product_type: ProductType) -> Links:
    """Rows that a ProductCreateInput or ProductInput names."""
    category = given.get("category")
    tax_class = given.get("tax_class")
    return Links(
        category=ids.one(category, Category, field="category") if category else None,
        tax_class=ids.one(tax_class, TaxClass, field="taxClass") if tax_class else None,
        collections=ids.many(given.get("collections") or (), Collection, field="collections"),
        wishes=wishes(given.get("attributes"), product_type.product_attributes.all()),
    )


@mutation(needs="MANAGE_PRODUCTS")
def product_create(info: Info, *, input: dict[str, Any]) -> Payload:
    product_type = ids.one(input["product_type"], ProductType, field="productType")
    made = products.create(
        product_type=product_type, given=columns(info, input), links=links(input, product_type)
    )
    return {"product": made}


@mutation(needs="MANAGE_PRODUCTS")
def product_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    product = one_of(Product, id=id, external_reference=external_reference)
    changed = products.update(
        product=product, given=columns(info, input), links=links(input, product.product_type)
    )
    return {"product": changed}


@mutation(needs="MANAGE_PRODUCTS")
def product_delete(info: Info, *, id: str | None = None, external_reference: str | None = None) -> Payload:
    product = one_of(Product, id=id, external_reference=external_reference)
    return {"product": gone(product, lambda: products.delete(product=product))}


@mutation(needs="MANAGE_PRODUCTS")
def product_bulk_delete(info: Info, **arguments: Any) -> Payload:
    rows = ids.many(arguments["ids"], Product)
    for row in rows:
        products.delete(product=row)
    return {"count": len(rows)}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_set_default(info: Info, *, product_id: str, variant_id: str) -> Payload:
    product = ids.one(product_id, Product, field="productId")
    variant = ids.one(variant_id, ProductVariant, field="variantId")
    if variant.product_id != product.pk:
        raise Refusal(
            "Provided variant doesn't belong to provided product.",
            field="variantId",
            code="NOT_PRODUCTS_VARIANT",
        )
    Product.objects.filter(pk=product.pk).update(default_variant=variant)
    product.refresh_from_db()
    return {"product": product}


@mutation(needs="MANAGE_PRODUCTS")
def product_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    product = ids.one(id, Product)
    channel_listings.list_product(
        product=product,
        listings=[listing(one) for one in input.get("update_channels") or ()],
        remove=ids.many(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"product": product}


def listing(given: dict[str, Any], *, field: str = "channelId") -> channel_listings.Listing:
    return channel_listings.Listing(
        channel=ids.one(given["channel_id"], Channel, field=field),
        given=given,
        add_variants=ids.many(given.get("add_variants") or (), ProductVariant, field="addVariants"),
        remove_variants=ids.many(given.get("remove_variants") or (), ProductVariant, field="removeVariants"),
    )
