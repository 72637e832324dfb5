"""Variants: one by one."""

from typing import Any

from store.engine.catalog import channel_listings, media, variants
from store.engine.catalog.channel_listings import Price
from store.engine.catalog.models import Product, ProductMedia, ProductVariant
from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.catalog.mutations.input_parsing import Payload, gone, one_of, wishes
from store.engine.graphql.catalog.mutations.products import columns
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.stock.mutations import by_warehouse
from store.engine.stock.variant_creation import Draft, create


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_create(info: Info, *, input: dict[str, Any]) -> Payload:
    product = ids.one(input["product"], Product, field="product")
    draft = Draft(
        given=columns(info, input),
        wishes=wishes(input.get("attributes"), product.product_type.variant_attributes.all()),
        stocks=by_warehouse(input.get("stocks") or []),
    )
    return {"product_variant": create(product=product, draft=draft)}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_update(
    info: Info,
    *,
    input: dict[str, Any],
    id: str | None = None,
    sku: str | None = None,
    external_reference: str | None = None,
) -> Payload:
    variant = one_of(ProductVariant, id=id, sku=sku, external_reference=external_reference)
    known = variant.product.product_type.variant_attributes.all()
    changed = variants.update(
        variant=variant, given=columns(info, input), wishes=wishes(input.get("attributes"), known)
    )
    return {"product_variant": changed}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_delete(
    info: Info, *, id: str | None = None, sku: str | None = None, external_reference: str | None = None
) -> Payload:
    variant = one_of(ProductVariant, id=id, sku=sku, external_reference=external_reference)
    return {"product_variant": gone(variant, lambda: variants.delete(variant=variant))}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_bulk_delete(info: Info, *, skus: list[str] | None = None, **arguments: Any) -> Payload:
    rows = list(ids.many(arguments.get("ids") or (), ProductVariant))
    rows += ProductVariant.objects.filter(sku__in=skus or ())
    for row in rows:
        variants.delete(variant=row)
    return {"count": len(rows)}


@mutation(needs="MANAGE_PRODUCTS")
def product_variant_channel_listing_update(
    info: Info, *, input: list[dict[str, Any]], id: str | None = None, sku: str | None = None
) -> Payload:
    variant = one_of(ProductVariant, id=id, sku=sku)
    return {"variant": channel_listings.price_variant(variant=variant, prices=[price(one) for one in input])}


def price(given: dict[str, Any]) -> Price:
    names = ("price", "cost_price", "prior_price")
    return Price(
        channel=ids.one(given["channel_id"], Channel, field="channelId"),
        given={name: given[name] for name in names if name in given},
    )


@mutation(needs="MANAGE_PRODUCTS")
def variant_media_assign(info: Info, *, variant_id: str, media_id: str) -> Payload:
    variant, shown = _both(variant_id, media_id)
    media.show_with(variant=variant, media=shown)
    return {"product_variant": variant, "media": shown}


@mutation(needs="MANAGE_PRODUCTS")
def variant_media_unassign(info: Info, *, variant_id: str, media_id: str) -> Payload:
    variant, shown = _both(variant_id, media_id)
    media.hide_from(variant=variant, media=shown)
    return {"product_variant": variant, "media": shown}


def _both(variant_id: str, media_id: str) -> tuple[ProductVariant, ProductMedia]:
    return ids.one(variant_id, ProductVariant, field="variantId"), ids.one(
        media_id, ProductMedia, field="mediaId"
    )
