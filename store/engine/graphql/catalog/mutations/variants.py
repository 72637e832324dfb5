"""Mutations of single variants."""

from typing import Any

from store.engine.catalog import channel_listings, media, variants
from store.engine.catalog.channel_listings import PriceInput
from store.engine.catalog.models import Product, ProductMedia, ProductVariant
from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import (
    Payload,
    find_one,
    parse_attribute_values,
)
from store.engine.graphql.catalog.mutations.products import column_values
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.stock.mutations import quantities_by_warehouse
from store.engine.stock.variant_creation import VariantInput, create


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_create(info: Info, *, input: dict[str, Any]) -> Payload:
    product = ids.get_row(input["product"], Product, field="product")
    variant_input = VariantInput(
        given=column_values(info, input),
        attribute_values=parse_attribute_values(
            input.get("attributes"), product.product_type.variant_attributes.all()
        ),
        stocks=quantities_by_warehouse(input.get("stocks") or []),
    )
    return {"product_variant": create(product=product, variant_input=variant_input)}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_update(
    info: Info,
    *,
    input: dict[str, Any],
    id: str | None = None,
    sku: str | None = None,
    external_reference: str | None = None,
) -> Payload:
    variant = find_one(ProductVariant, id=id, sku=sku, external_reference=external_reference)
    known = variant.product.product_type.variant_attributes.all()
    changed = variants.update(
        variant=variant,
        given=column_values(info, input),
        attribute_values=parse_attribute_values(input.get("attributes"), known),
    )
    return {"product_variant": changed}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_delete(
    info: Info, *, id: str | None = None, sku: str | None = None, external_reference: str | None = None
) -> Payload:
    variant = find_one(ProductVariant, id=id, sku=sku, external_reference=external_reference)
    return {"product_variant": delete_and_return(variant, lambda: variants.delete(variant=variant))}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_bulk_delete(info: Info, *, skus: list[str] | None = None, **arguments: Any) -> Payload:
    rows = list(ids.get_rows(arguments.get("ids") or (), ProductVariant))
    rows += ProductVariant.objects.filter(sku__in=skus or ())
    for row in rows:
        variants.delete(variant=row)
    return {"count": len(rows)}


@mutation(permissions="MANAGE_PRODUCTS")
def product_variant_channel_listing_update(
    info: Info, *, input: list[dict[str, Any]], id: str | None = None, sku: str | None = None
) -> Payload:
    variant = find_one(ProductVariant, id=id, sku=sku)
    return {
        "variant": channel_listings.update_prices(
            variant=variant, prices=[parse_price(listing) for listing in input]
        )
    }


def parse_price(given: dict[str, Any]) -> PriceInput:
    """A ProductVariantChannelListingAddInput with the row of its channel."""
    names = ("price", "cost_price", "prior_price")
    return PriceInput(
        channel=ids.get_row(given["channel_id"], Channel, field="channelId"),
        given={name: given[name] for name in names if name in given},
    )


@mutation(permissions="MANAGE_PRODUCTS")
def variant_media_assign(info: Info, *, variant_id: str, media_id: str) -> Payload:
    variant, media_row = _variant_and_media(variant_id, media_id)
    media.assign_to_variant(variant=variant, media=media_row)
    return {"product_variant": variant, "media": media_row}


@mutation(permissions="MANAGE_PRODUCTS")
def variant_media_unassign(info: Info, *, variant_id: str, media_id: str) -> Payload:
    variant, media_row = _variant_and_media(variant_id, media_id)
    media.unassign_from_variant(variant=variant, media=media_row)
    return {"product_variant": variant, "media": media_row}


def _variant_and_media(variant_id: str, media_id: str) -> tuple[ProductVariant, ProductMedia]:
    return ids.get_row(variant_id, ProductVariant, field="variantId"), ids.get_row(
        media_id, ProductMedia, field="mediaId"
    )
