"""Products and variants in channels: published, for sale, at what price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine.catalog import publication as publishing
from store.engine.catalog.models import Product, ProductChannelListing, ProductVariant, VariantChannelListing
from store.engine.catalog.pricing import refresh
from store.engine.channels.models import Channel
from store.engine.errors import Refusal, Refusals
from store.engine.events.outbox import record
from store.engine.money import precision


@dataclass(frozen=True, slots=True)
class Listing:
    """How a product stands in a channel from now on; only what is in `given` changes."""

    channel: Channel
    given: Mapping[str, Any]
    add_variants: Sequence[ProductVariant] = ()
    remove_variants: Sequence[ProductVariant] = ()


@dataclass(frozen=True, slots=True)
class Price:
    """What a variant costs in a channel; only what is in `given` changes: price, cost_price, prior_price."""

    channel: Channel
    given: Mapping[str, Decimal | None]


def list_product(*, product: Product, listings: Sequence[Listing], remove: Sequence[Channel] = ()) -> None:
    """Publish, offer for sale or hide a product in channels; all or nothing."""
    with transaction.atomic(durable=True):
        put_listings(product=product, listings=listings, remove=remove)
        record("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def put_listings(*, product: Product, listings: Sequence[Listing], remove: Sequence[Channel] = ()) -> None:
    """As `list_product`, inside the caller's transaction."""
    named = [one.channel.pk for one in listings]
    if twice := [one for one in remove if one.pk in named]:
        raise Refusal(
            "The same object cannot be in both lists for adding and removing items.",
            field="input",
            code="DUPLICATED_INPUT_ITEM",
            channels=twice,
        )
    _check(product, listings)
    product.channel_listings.filter(channel__in=remove).delete()
    VariantChannelListing.objects.filter(variant__product=product, channel__in=remove).delete()
    for listing in listings:
        _put(product, listing)
    for name, field in SHOWS.items():
        shown = [one.channel for one in listings if one.given.get(name)]
        publishing.check(product=product, channels=shown, field=field)
    refresh([product.pk])


# What puts a product before shoppers.
SHOWS = {
    "is_published": "isPublished",
    "visible_in_listings": "visibleInListings",
    "is_available_for_purchase": "isAvailableForPurchase",
    "available_for_purchase_at": "availableForPurchaseAt",
}


def _check(product: Product, listings: Sequence[Listing]) -> None:
    problems = []
    publishing = [one.channel for one in listings if one.given.get("is_published")]
    if publishing and product.category_id is None:
        problems.append(
            Refusal(
                "You must select a category to be able to publish.",
                field="isPublished",
                code="PRODUCT_WITHOUT_CATEGORY",
                channels=publishing,
            )
        )
    for one in listings:
        given = one.given
        if given.get("is_available_for_purchase") is False and given.get("available_for_purchase_at"):
            problems.append(
                Refusal(
                    "Cannot set available for purchase date when isAvailableForPurchase is false.",
                    field="availableForPurchaseAt",
                    channels=[one.channel],
                )
            )
        if stray := [v for v in (*one.add_variants, *one.remove_variants) if v.product_id != product.pk]:
            problems.append(
                Refusal(
                    "The variant belongs to another product.",
                    field="addVariants",
                    code="NOT_PRODUCTS_VARIANT",
                    channels=[one.channel],
                    variants=stray,
                )
            )
    if problems:
        raise Refusals(problems)


def _put(product: Product, listing: Listing) -> None:
    channel, given = listing.channel, listing.given
    row, _ = ProductChannelListing.objects.get_or_create(
        product=product, channel=channel, defaults={"currency": channel.currency_code}
    )
    for name in ("is_published", "visible_in_listings"):
        if given.get(name) is not None:
            setattr(row, name, given[name])
    if "published_at" in given:
        row.published_at = given["published_at"]
    if row.is_published and row.published_at is None:
        row.published_at = timezone.now()
    row.available_for_purchase_at = _for_sale_from(row, given)
    row.save()
    for variant in listing.add_variants:
        VariantChannelListing.objects.get_or_create(
            variant=variant, channel=channel, defaults={"currency": channel.currency_code}
        )
    VariantChannelListing.objects.filter(channel=channel, variant__in=listing.remove_variants).delete()


def _for_sale_from(row: ProductChannelListing, given: Mapping[str, Any]) -> datetime | None:
    wanted, when = given.get("is_available_for_purchase"), given.get("available_for_purchase_at")
    if wanted is False:
        return None
    if when is not None:
        return when  # type: ignore[no-any-return]
    if wanted:
        kept = row.available_for_purchase_at
        return kept if kept is not None and kept <= timezone.now() else timezone.now()
    return row.available_for_purchase_at


# --- prices -------------------------------------------------------------------------------------------
def price_variant(*, variant: ProductVariant, prices: Sequence[Price]) -> ProductVariant:
    """Set prices of a variant in channels; all or nothing."""
    with transaction.atomic(durable=True):
        put_prices(variant=variant, prices=prices)
        refresh([variant.product_id])
        record("PRODUCT_VARIANT_UPDATED", kind="ProductVariant", pk=variant.pk)
    return variant


def put_prices(*, variant: ProductVariant, prices: Sequence[Price]) -> None:
    """As `price_variant`, inside the caller's transaction, who calls `pricing.refresh` when all is said."""
    check_prices(prices)
    listed = set(
        ProductChannelListing.objects.filter(product_id=variant.product_id).values_list(
            "channel_id", flat=True
        )
    )
    if stray := [one.channel for one in prices if one.channel.pk not in listed]:
        raise Refusal(
            "Product not available in channels.",
            field="input",
            code="PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
            channels=stray,
        )
    for one in prices:
        VariantChannelListing.objects.update_or_create(
            variant=variant,
            channel=one.channel,
            defaults={"currency": one.channel.currency_code}
            | {f"{name}_amount": amount for name, amount in one.given.items()},
        )


FIELDS = {"price": "price", "cost_price": "costPrice", "prior_price": "priorPrice"}


def check_prices(prices: Sequence[Price]) -> None:
    named = [one.channel.pk for one in prices]
    problems = [
        Refusal(
            "Duplicated channel ID.", field="channelId", code="DUPLICATED_INPUT_ITEM", channels=[one.channel]
        )
        for one in prices
        if named.count(one.channel.pk) > 1
    ]
    for one in prices:
        for name, amount in one.given.items():
            if problem := _wrong_amount(amount, one.channel, FIELDS[name]):
                problems.append(problem)
    if problems:
        raise Refusals(problems)


def _wrong_amount(amount: Decimal | None, channel: Channel, field: str) -> Refusal | None:
    if amount is None:
        return None
    places = precision(channel.currency_code)
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or amount >= 10**17:
        return Refusal("Value is too large.", field=field, channels=[channel])
    if amount < 0:
        return Refusal("Product price cannot be lower than 0.", field=field, channels=[channel])
    if -exponent > places:
        return Refusal(
            f"Value cannot have more than {places} decimal places.", field=field, channels=[channel]
        )
    return None
