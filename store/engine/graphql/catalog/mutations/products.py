"""Mutations of products and their channel listings."""

from typing import Any

from store.engine.catalog import channel_listings, products
from store.engine.catalog.models import Category, Collection, Product, ProductType, ProductVariant
from store.engine.catalog.products import Links
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import (
    Payload,
    find_one,
    parse_attribute_values,
    with_metadata_dicts,
)
from store.engine.graphql.catalog.mutations.tax_codes import with_tax_class
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.older_dates import with_times
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shipping.weights import to_kilograms
from store.engine.taxes.models import TaxClass


def column_values(info: Info, given: dict[str, Any]) -> dict[str, Any]:
    """The input with metadata as dicts and the weight in kilograms."""
    values = with_metadata_dicts(given)
    if "weight" in values:
        values["weight"] = to_kilograms(info, values["weight"])
    return values


def parse_links(given: dict[str, Any], product_type: ProductType) -> Links:
    """Rows that a ProductCreateInput or ProductInput refers to. Raises OperationError for ids that don't resolve."""
    category = given.get("category")
    tax_class = given.get("tax_class")
    return Links(
        category=ids.get_row(category, Category, field="category") if category else None,
        tax_class=ids.get_row(tax_class, TaxClass, field="taxClass") if tax_class else None,
        collections=ids.get_rows(given.get("collections") or (), Collection, field="collections"),
        attribute_values=parse_attribute_values(
            given.get("attributes"), product_type.product_attributes.all()
        ),
    )


@mutation(permissions="MANAGE_PRODUCTS")
def product_create(info: Info, *, input: dict[str, Any]) -> Payload:
    product_type = ids.get_row(input["product_type"], ProductType, field="productType")
    input = with_tax_class(input)
    product = products.create(
        product_type=product_type, given=column_values(info, input), links=parse_links(input, product_type)
    )
    return {"product": product}


@mutation(permissions="MANAGE_PRODUCTS")
def product_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> Payload:
    product = find_one(Product, id=id, external_reference=external_reference)
    input = with_tax_class(input)
    changed = products.update(
        product=product, given=column_values(info, input), links=parse_links(input, product.product_type)
    )
    return {"product": changed}


@mutation(permissions="MANAGE_PRODUCTS")
def product_delete(info: Info, *, id: str | None = None, external_reference: str | None = None) -> Payload:
    product = find_one(Product, id=id, external_reference=external_reference)
    return {"product": delete_and_return(product, lambda: products.delete(product=product))}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_set_default(info: Info, *, product_id: str, variant_id: str) -> Payload:
    product = ids.get_row(product_id, Product, field="productId")
    variant = ids.get_row(variant_id, ProductVariant, field="variantId")
    if variant.product_id != product.pk:
        raise OperationError(
            "Provided variant doesn't belong to provided product.",
            field="variantId",
            code="NOT_PRODUCTS_VARIANT",
        )
    Product.objects.filter(pk=product.pk).update(default_variant=variant)
    product.refresh_from_db()
    return {"product": product}


@mutation(permissions="MANAGE_PRODUCTS")
def product_channel_listing_update(info: Info, *, id: str, input: dict[str, Any]) -> Payload:
    product = ids.get_row(id, Product)
    channel_listings.update_listings(
        product=product,
        listings=[parse_listing(listing) for listing in input.get("update_channels") or ()],
        remove=ids.get_rows(input.get("remove_channels") or (), Channel, field="removeChannels"),
    )
    return {"product": product}


def parse_listing(given: dict[str, Any], *, field: str = "channelId") -> channel_listings.ListingInput:
    """A ProductChannelListing input with rows for its ids; errors of the channel name `field`."""
    return channel_listings.ListingInput(
        channel=ids.get_row(given["channel_id"], Channel, field=field),
        given=with_times(given),
        add_variants=ids.get_rows(given.get("add_variants") or (), ProductVariant, field="addVariants"),
        remove_variants=ids.get_rows(
            given.get("remove_variants") or (), ProductVariant, field="removeVariants"
        ),
    )
