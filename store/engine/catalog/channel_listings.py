"""Channel listings of products (published, available for purchase) and of variants (prices)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from store.engine.catalog import publication
from store.engine.catalog.models import (
    Product,
    ProductChannelListing,
    ProductVariant,
    VariantChannelListing,
    update_lowest_prices,
)
from store.engine.channels.models import Channel
from store.engine.errors import NotFound, OperationError, OperationErrors, require_unchanged
from store.engine.events import value_changes
from store.engine.events.outbox import record_event
from store.engine.money import decimal_places


@dataclass(frozen=True, slots=True)
class ListingInput:
    """New values of a product's listing in a channel; only the fields in `given` change."""

    channel: Channel
    given: Mapping[str, Any]
    add_variants: Sequence[ProductVariant] = ()
    remove_variants: Sequence[ProductVariant] = ()


@dataclass(frozen=True, slots=True)
class PriceInput:
    """New prices of a variant in a channel; only the fields in `given` change (price, cost_price, prior_price).

    `seen`: the prices that the editor of a form saw, by the same names; None: whatever is there is overwritten.
    """

    channel: Channel
    given: Mapping[str, Decimal | None]
    seen: Mapping[str, Decimal | None] | None = None


def update_listings(
    *, product: Product, listings: Sequence[ListingInput], remove: Sequence[Channel] = ()
) -> None:
    """Change, add or remove a product's listings in channels; all or nothing.

    Raises OperationError and OperationErrors, also where the product may not be published (see `publication`).
    """
    with transaction.atomic(durable=True):
        update_listings_in_transaction(product=product, listings=listings, remove=remove)
        record_event("PRODUCT_UPDATED", kind="Product", pk=product.pk)


def update_listings_in_transaction(
    *, product: Product, listings: Sequence[ListingInput], remove: Sequence[Channel] = ()
) -> None:
    """As `update_listings`, inside the caller's transaction."""
    pks = [listing.channel.pk for listing in listings]
    if duplicates := [channel for channel in remove if channel.pk in pks]:
        raise OperationError(
            "The same object cannot be in both lists for adding and removing items.",
            field="input",
            code="DUPLICATED_INPUT_ITEM",
            channels=duplicates,
        )
    _validate_listings(product, listings)
    product.channel_listings.filter(channel__in=remove).delete()
    VariantChannelListing.objects.filter(variant__product=product, channel__in=remove).delete()
    for listing in listings:
        _write_listing(product, listing)
    for name, field in PUBLISHING_FIELDS.items():
        shown = [listing.channel for listing in listings if listing.given.get(name)]
        publication.check_publishable(product=product, channels=shown, field=field)
    update_lowest_prices([product.pk])


# Inputs that make a product visible or available to shoppers, with the API's field names.
PUBLISHING_FIELDS = {
    "is_published": "isPublished",
    "visible_in_listings": "visibleInListings",
    "is_available_for_purchase": "isAvailableForPurchase",
    "available_for_purchase_at": "availableForPurchaseAt",
}


def _validate_listings(product: Product, listings: Sequence[ListingInput]) -> None:
    errors = []
    published_in = [listing.channel for listing in listings if listing.given.get("is_published")]
    if published_in and product.category_id is None:
        errors.append(
            OperationError(
                "You must select a category to be able to publish.",
                field="isPublished",
                code="PRODUCT_WITHOUT_CATEGORY",
                channels=published_in,
            )
        )
    for listing in listings:
        given = listing.given
        if given.get("available_for_purchase_at") and not given.get("is_available_for_purchase"):
            errors.append(
                OperationError(
                    "Cannot set available for purchase date when isAvailableForPurchase is false.",
                    field="availableForPurchaseDate",
                    channels=[listing.channel],
                )
            )
        variants = (*listing.add_variants, *listing.remove_variants)
        if foreign := [variant for variant in variants if variant.product_id != product.pk]:
            errors.append(
                OperationError(
                    "The variant belongs to another product.",
                    field="addVariants",
                    code="NOT_PRODUCTS_VARIANT",
                    channels=[listing.channel],
                    variants=foreign,
                )
            )
    if errors:
        raise OperationErrors(errors)


def _write_listing(product: Product, listing: ListingInput) -> None:
    channel, given = listing.channel, listing.given
    row, _ = ProductChannelListing.objects.select_for_update(of=("self",)).get_or_create(
        product=product, channel=channel, defaults={"currency": channel.currency_code}
    )
    for name in ("is_published", "visible_in_listings"):
        if given.get(name) is not None:
            setattr(row, name, given[name])
    if "published_at" in given:
        row.published_at = given["published_at"]
    if row.is_published and row.published_at is None:
        row.published_at = timezone.now()
    row.available_for_purchase_at = _available_for_purchase_at(row, given)
    row.save()
    for variant in listing.add_variants:
        VariantChannelListing.objects.get_or_create(
            variant=variant, channel=channel, defaults={"currency": channel.currency_code}
        )
    VariantChannelListing.objects.filter(channel=channel, variant__in=listing.remove_variants).delete()


def _available_for_purchase_at(row: ProductChannelListing, given: Mapping[str, Any]) -> datetime | None:
    is_available, available_at = (
        given.get("is_available_for_purchase"),
        given.get("available_for_purchase_at"),
    )
    if is_available is False:
        return None
    if available_at is not None:
        return available_at  # type: ignore[no-any-return]
    if is_available:
        current = row.available_for_purchase_at
        return current if current is not None and current <= timezone.now() else timezone.now()
    return row.available_for_purchase_at


# --- prices -------------------------------------------------------------------------------------------
def update_prices(*, variant: ProductVariant, prices: Sequence[PriceInput]) -> ProductVariant:
    """Set prices of a variant in channels; all or nothing.

    Raises OperationError, OperationErrors, or ValuesChanged when a price that the editor saw is another one meanwhile.
    """
    with transaction.atomic(durable=True):
        if prices and not (prices := [price for price in prices if _is_left_to_write(variant, price)]):
            return variant
        update_prices_in_transaction(variant=variant, prices=prices)
        update_lowest_prices([variant.product_id])
        record_event("PRODUCT_VARIANT_UPDATED", kind="ProductVariant", pk=variant.pk)
    return variant


def _is_left_to_write(variant: ProductVariant, price: PriceInput) -> bool:
    """Check what the editor saw against the locked listing. Raises ValuesChanged."""
    if price.seen is None:
        return True
    rows = VariantChannelListing.objects.select_for_update(of=("self",))
    listing = rows.filter(variant=variant, channel=price.channel).first()
    if listing is None:
        raise NotFound("This variant is no longer listed in this channel.", field="channelId")
    by_column = {f"{name}_amount": amount for name, amount in price.given.items()}
    return require_unchanged(
        listing, seen={f"{name}_amount": v for name, v in price.seen.items()}, wanted=by_column
    )


def update_prices_in_transaction(*, variant: ProductVariant, prices: Sequence[PriceInput]) -> None:
    """As `update_prices`, inside the caller's transaction; the caller then calls `update_lowest_prices`."""
    validate_prices(prices)
    listed = set(
        ProductChannelListing.objects.filter(product_id=variant.product_id).values_list(
            "channel_id", flat=True
        )
    )
    if unlisted := [price.channel for price in prices if price.channel.pk not in listed]:
        raise OperationError(
            "Product not available in channels.",
            field="input",
            code="PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
            channels=unlisted,
        )
    before = _prices_of(variant)
    for price in prices:
        value_changes.note(
            "ProductVariant",
            variant.pk,
            {
                f"{name} in {price.channel.slug}": (before.get((price.channel.pk, name)), amount)
                for name, amount in price.given.items()
            },
        )
        VariantChannelListing.objects.update_or_create(
            variant=variant,
            channel=price.channel,
            defaults={"currency": price.channel.currency_code}
            | {f"{name}_amount": amount for name, amount in price.given.items()},
        )


def _prices_of(variant: ProductVariant) -> dict[tuple[int, str], Decimal | None]:
    """By channel pk and name (`price`, `cost_price` …)."""
    rows = VariantChannelListing.objects.filter(variant=variant)
    return {(row.channel_id, name): getattr(row, f"{name}_amount") for row in rows for name in PRICE_FIELDS}


PRICE_FIELDS = {"price": "price", "cost_price": "costPrice", "prior_price": "priorPrice"}


def validate_prices(prices: Sequence[PriceInput]) -> None:
    """Raises OperationErrors for a channel named twice and for amounts that are negative, too large or too precise."""
    pks = [price.channel.pk for price in prices]
    errors = [
        OperationError(
            "Duplicated channel ID.",
            field="channelId",
            code="DUPLICATED_INPUT_ITEM",
            channels=[price.channel],
        )
        for price in prices
        if pks.count(price.channel.pk) > 1
    ]
    for price in prices:
        for name, amount in price.given.items():
            if error := amount_error(amount, price.channel, PRICE_FIELDS[name]):
                errors.append(error)
    if errors:
        raise OperationErrors(errors)


def amount_error(amount: Decimal | None, channel: Channel, field: str) -> OperationError | None:
    """Why the amount can't be a price in the channel; None if it can."""
    if amount is None:
        return None
    places = decimal_places(channel.currency_code)
    exponent = amount.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or amount >= 10**17:
        return OperationError("Value is too large.", field=field, channels=[channel])
    if amount < 0:
        return OperationError("Product price cannot be lower than 0.", field=field, channels=[channel])
    if -exponent > places:
        return OperationError(
            f"Value cannot have more than {places} decimal places.", field=field, channels=[channel]
        )
    return None
