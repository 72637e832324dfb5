"""Putting things into a basket, changing how many, taking them out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine.accounts.models import Address, User
from store.engine.catalog import catalog_cache
from store.engine.catalog.models import ProductVariant
from store.engine.channels import shop_settings
from store.engine.channels.models import Channel, ShopSettings
from store.engine.checkout import queries
from store.engine.checkout.errors import BasketRefusal
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import NotFound, Refusal, Refusals, Required
from store.engine.stock.allocations import Demand
from store.engine.stock.availability import availability
from store.engine.stock.reservations import release, reserve

PRICES_HOLD = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many of a variant, put in anew."""

    variant_id: int
    quantity: int
    metadata: Mapping[str, str] = field(default_factory=dict)
    force_new_line: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """So many from now on, of a line or (where there is but one) of a variant."""

    quantity: int
    line_id: UUID | None = None
    variant_id: int | None = None


def create(
    *,
    channel: Channel,
    wanted: Sequence[Wanted],
    user: User | None = None,
    email: str | None = None,
    language_code: str = "en",
    shipping_address: Address | None = None,
    billing_address: Address | None = None,
    metadata: Mapping[str, str] | None = None,
) -> Checkout:
    """A new basket. Raises BasketRefusal, Refusals; then nothing was written."""
    if not channel.is_active:
        raise Refusal("Channel with provided slug is inactive.", field="channel", code="CHANNEL_INACTIVE")
    with transaction.atomic(durable=True):
        checkout = Checkout(
            channel=channel,
            currency=channel.currency_code,
            user=user,
            email=email or (user.email if user else None),
            language_code=language_code,
            metadata=dict(metadata or {}),
            shipping_address=shipping_address,
            billing_address=billing_address,
            country=(shipping_address or billing_address or _home(channel)).country,
        )
        variants = _variants({one.variant_id for one in wanted})
        prices = _check_sellable(channel, variants.values())
        lines = _merged(checkout, [], wanted, variants)
        _check_quantities(checkout, lines)
        for address in (shipping_address, billing_address):
            if address is not None:
                address.save()
        checkout.shipping_address, checkout.billing_address = (
            shipping_address,
            billing_address,
        )  # with their pks
        _write_prices(checkout, lines, prices)
        checkout.save(force_insert=True)
        CheckoutLine.objects.bulk_create(lines)
        _reserve(checkout, lines)
    queries.keep_lines(checkout, lines)
    return checkout


def add_lines(*, checkout_id: UUID, wanted: Sequence[Wanted]) -> Checkout:
    """Put more in; a variant that is there already gets more pieces."""
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        before = queries.lines_of(checkout)
        known = {line.variant_id: line.variant for line in before}
        variants = known | _variants({one.variant_id for one in wanted} - known.keys())
        if any(one.quantity < 1 for one in wanted):
            raise _not_positive("The quantity should be higher than zero.")
        asked = {one.variant_id for one in wanted}
        lines = _merged(checkout, before, wanted, variants)
        _check_sellable(checkout.channel, [variants[pk] for pk in asked])
        _check_quantities(checkout, lines, only=asked)
        _write(checkout, before, lines)
    return checkout


def update_lines(*, checkout_id: UUID, changes: Sequence[Changed]) -> Checkout:
    """Set quantities; 0 takes a line out. A variant that is not there yet is put in."""
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        before = queries.lines_of(checkout)
        if any(one.quantity < 0 for one in changes):
            raise _not_positive("The quantity should be higher or equal zero.")
        quantities, fresh = _sorted_out(before, changes)
        variants = _variants({one.variant_id for one in fresh})
        lines = []
        for line in before:
            line.quantity = quantities.get(line.pk, line.quantity)
            if line.quantity:
                lines.append(line)
        lines = _merged(checkout, lines, fresh, variants)
        asked = {line.variant_id for line in lines if line.pk in quantities or line.variant_id in variants}
        _check_sellable(checkout.channel, [line.variant for line in lines if line.variant_id in asked])
        _check_quantities(checkout, lines, only=asked)
        _write(checkout, before, lines)
    return checkout


def delete_lines(*, checkout_id: UUID, line_ids: Sequence[UUID]) -> Checkout:
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        before = queries.lines_of(checkout)
        strangers = set(line_ids) - {line.pk for line in before}
        if strangers:
            raise BasketRefusal(
                "Provided line_ids aren't part of checkout.",
                code="INVALID",
                field="lineId",
                lines=sorted(strangers),
            )
        _write(checkout, before, [line for line in before if line.pk not in set(line_ids)])
    return checkout


def _home(channel: Channel) -> Address:
    return Address(country=channel.default_country)


def _not_positive(message: str) -> Refusal:
    return Refusal(message, field="quantity", code="ZERO_QUANTITY")


def _variants(pks: Iterable[int]) -> dict[int, ProductVariant]:
    wanted = set(pks)
    if not wanted:
        return {}
    found = catalog_cache.variants(wanted)
    if missing := wanted - found.keys():
        raise NotFound(
            f"Could not resolve to a node with the ids: {', '.join(map(str, sorted(missing)))}.",
            field="variantId",
        )
    return found


def _merged(
    checkout: Checkout,
    lines: Sequence[CheckoutLine],
    wanted: Iterable[Wanted],
    variants: Mapping[int, ProductVariant],
) -> list[CheckoutLine]:
    """The lines as they will be; a variant on several lines already gets a line of its own."""
    merged = list(lines)
    if any(one.quantity < 1 for one in wanted):
        raise _not_positive("The quantity should be higher than zero.")
    for one in wanted:
        same = [line for line in merged if line.variant_id == one.variant_id]
        if len(same) == 1 and not one.force_new_line:
            same[0].quantity += one.quantity
            same[0].metadata |= dict(one.metadata)
            continue
        merged.append(
            CheckoutLine(
                checkout=checkout,
                variant=variants[one.variant_id],
                quantity=one.quantity,
                metadata=dict(one.metadata),
                # one after the other, so that the basket keeps the order in which things were put in
                created_at=timezone.now() + timedelta(microseconds=len(merged)),
            )
        )
    return merged


def _sorted_out(
    before: Sequence[CheckoutLine], changes: Sequence[Changed]
) -> tuple[dict[UUID, int], list[Wanted]]:
    """Quantities by line, and what is not in the basket yet."""
    by_pk = {line.pk: line for line in before}
    quantities: dict[UUID, int] = defaultdict(int)
    fresh = []
    for change in changes:
        if change.line_id is not None:
            if change.line_id not in by_pk:
                raise NotFound(
                    f"Could not find checkout line {change.line_id}.", field="lineId", code="GRAPHQL_ERROR"
                )
            quantities[change.line_id] += change.quantity
            continue
        if change.variant_id is None:
            raise Required("Give the lineId of what shall change.", field="lineId", code="GRAPHQL_ERROR")
        same = [line for line in before if line.variant_id == change.variant_id]
        if len(same) > 1:
            raise BasketRefusal(
                "Variant occurs in multiple lines. Use `lineId` instead of `variantId`.",
                code="INVALID",
                field="variantId",
                variants=[change.variant_id],
            )
        if same:
            quantities[same[0].pk] += change.quantity
        elif change.quantity:
            fresh.append(Wanted(change.variant_id, change.quantity))
    return quantities, fresh


def _check_sellable(channel: Channel, variants: Iterable[ProductVariant]) -> dict[int, Decimal]:
    """Can all of these be bought here and now? Returns their prices."""
    wanted = list(variants)
    if not wanted:
        return {}
    listings = catalog_cache.listings(channel.pk, [variant.product_id for variant in wanted])
    prices = catalog_cache.prices(channel.pk, [variant.pk for variant in wanted])
    on_sale = {pk for pk, one in listings.items() if one.is_available_for_purchase()}
    published = {pk for pk, one in listings.items() if one.is_visible()}
    _refuse_missing(
        [one.pk for one in wanted if one.product_id not in on_sale],
        "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
        "Cannot add lines for unavailable for purchase variants.",
    )
    _refuse_missing(
        [one.pk for one in wanted if one.pk not in prices],
        "UNAVAILABLE_VARIANT_IN_CHANNEL",
        "Cannot add lines with unavailable variants.",
    )
    _refuse_missing(
        [one.pk for one in wanted if one.product_id not in published],
        "PRODUCT_NOT_PUBLISHED",
        "Cannot add lines for unpublished variants.",
    )
    return prices


def _refuse_missing(variants: Sequence[int], code: str, message: str) -> None:
    if variants:
        raise BasketRefusal(message, code=code, variants=variants)


def _check_quantities(
    checkout: Checkout, lines: Sequence[CheckoutLine], *, only: set[int] | None = None
) -> None:
    """The limits of the shop and of each variant, then the stock. `only`: the variants that are asked for now."""
    wanted: dict[int, int] = defaultdict(int)
    variants = {}
    for line in lines:
        if only is None or line.variant_id in only:
            wanted[line.variant_id] += line.quantity
            variants[line.variant_id] = line.variant
    if not wanted:
        return
    limit = shop_settings.current().limit_quantity_per_checkout
    for pk, quantity in wanted.items():
        limits = [most for most in (variants[pk].quantity_limit_per_customer, limit) if most]
        if limits and quantity > min(limits):
            raise Refusal(
                f"Cannot add more than {min(limits)} times this item: {variants[pk]}.",
                field="quantity",
                code="QUANTITY_GREATER_THAN_LIMIT",
            )
    check_stock(checkout, lines, {pk: n for pk, n in wanted.items() if variants[pk].track_inventory})


def check_stock(checkout: Checkout, lines: Sequence[CheckoutLine], wanted: Mapping[int, int]) -> None:
    """Raises Refusals, one for each variant of which there are too few."""
    if not wanted:
        return
    available = availability(
        variant_ids=wanted,
        channel=checkout.channel,
        country=queries.country_of(checkout),
        ignoring_lines=[line.pk for line in lines],
    )
    named = {line.variant_id: line.variant for line in lines}
    problems = [
        BasketRefusal(
            f"Could not add items {named[pk]}. Only {max(available[pk], 0)} remaining in stock.",
            field="quantity",
            code="INSUFFICIENT_STOCK",
            variants=[pk],
        )
        for pk, quantity in wanted.items()
        if available[pk] < quantity
    ]
    if problems:
        raise Refusals(problems)


def _write(checkout: Checkout, before: Sequence[CheckoutLine], lines: Sequence[CheckoutLine]) -> None:
    """Save the lines as they are now, at today's prices."""
    kept = {line.pk for line in lines}
    gone = [line.pk for line in before if line.pk not in kept]
    old = {line.pk for line in before}
    prices = catalog_cache.prices(checkout.channel_id, [line.variant_id for line in lines])
    _write_prices(checkout, lines, prices)
    if gone:
        release(lines=gone)
        CheckoutLine.objects.filter(pk__in=gone).delete()
    CheckoutLine.objects.bulk_update(
        [line for line in lines if line.pk in old], ["quantity", "metadata", "undiscounted_unit_price_amount"]
    )
    CheckoutLine.objects.bulk_create([line for line in lines if line.pk not in old])
    checkout.delivery_methods_stale_at = timezone.now()
    checkout.save(update_fields=["price_expiration", "delivery_methods_stale_at", "last_change"])
    _reserve(checkout, lines)
    queries.keep_lines(checkout, lines)


def _write_prices(checkout: Checkout, lines: Sequence[CheckoutLine], prices: Mapping[int, Decimal]) -> None:
    for line in lines:
        line.undiscounted_unit_price_amount = prices.get(line.variant_id, line.undiscounted_unit_price_amount)
    checkout.price_expiration = timezone.now() + PRICES_HOLD


def _reserve(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    minutes = reservation_minutes(shop_settings.current(), checkout.user)
    if not minutes or not lines:
        return
    reserve(
        demand=[Demand(line.pk, line.variant_id, line.quantity) for line in lines],
        channel=checkout.channel,
        country=queries.country_of(checkout),
        until=timezone.now() + timedelta(minutes=minutes),
    )


def reservation_minutes(settings: ShopSettings, user: User | None) -> int | None:
    if user is None:
        return settings.reserve_stock_duration_anonymous_user
    return settings.reserve_stock_duration_authenticated_user


def metadata_of(pairs: Iterable[Mapping[str, Any]] | None) -> dict[str, str]:
    """From [{key, value}] of the API; an empty key is refused."""
    found = {}
    for pair in pairs or ():
        if not pair["key"].strip():
            raise Required("Metadata key cannot be empty.", field="metadata")
        found[pair["key"]] = pair["value"]
    return found
