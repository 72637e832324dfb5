"""Adding lines to a checkout, changing quantities and removing lines."""

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
from store.engine.checkout import loaded_checkout, queries
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutLine
from store.engine.errors import NotFound, OperationError, OperationErrors, Required
from store.engine.stock.allocations import Demand
from store.engine.stock.availability import availability
from store.engine.stock.reservations import release, reserve

PRICES_VALID_FOR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class LineInput:
    """A quantity of a variant to add (Saleor's CheckoutLineInput)."""

    variant_id: int
    quantity: int
    metadata: Mapping[str, str] = field(default_factory=dict)
    force_new_line: bool = False


@dataclass(frozen=True, slots=True)
class LineUpdate:
    """The new quantity of a line or, where only one line has it, of a variant (Saleor's CheckoutLineUpdateInput)."""

    quantity: int
    line_id: UUID | None = None
    variant_id: int | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)  # added to the line's


def create(
    *,
    channel: Channel,
    line_inputs: Sequence[LineInput],
    user: User | None = None,
    email: str | None = None,
    language_code: str = "en",
    shipping_address: Address | None = None,
    billing_address: Address | None = None,
    save_shipping_address: bool = True,
    save_billing_address: bool = True,
    metadata: Mapping[str, str] | None = None,
    private_metadata: Mapping[str, str] | None = None,
) -> LoadedCheckout:
    """Create a checkout. Raises OperationError, OperationErrors, CheckoutError or NotFound; then nothing was
    written.
    """
    if not channel.is_active:
        raise OperationError(
            "Channel with provided slug is inactive.", field="channel", code="CHANNEL_INACTIVE"
        )
    with transaction.atomic(durable=True):
        checkout = Checkout(
            channel=channel,
            currency=channel.currency_code,
            user=user,
            email=email or (user.email if user else None),
            language_code=language_code,
            metadata=dict(metadata or {}),
            private_metadata=dict(private_metadata or {}),
            save_shipping_address=save_shipping_address,
            save_billing_address=save_billing_address,
            shipping_address=shipping_address,
            billing_address=billing_address,
            country=(shipping_address or billing_address or _default_address(channel)).country,
        )
        variants = _variants({line_input.variant_id for line_input in line_inputs})
        prices = _check_sellable(channel, variants.values())
        lines = _merged(checkout, [], line_inputs, variants)
        _check_quantities(checkout, lines)
        for address in (shipping_address, billing_address):
            if address is not None:
                address.save()
        checkout.shipping_address, checkout.billing_address = (
            shipping_address,
            billing_address,
        )  # assigned again, because saving gave them their primary keys
        _write_prices(checkout, lines, prices)
        checkout.save(force_insert=True)
        CheckoutLine.objects.bulk_create(lines)
        _reserve(checkout, lines)
    created = LoadedCheckout(checkout, lines=lines)
    created.transactions = []  # nobody knew its id before
    return created


def add_lines(*, checkout_id: UUID, line_inputs: Sequence[LineInput]) -> LoadedCheckout:
    """Add quantities; a variant that has one line already gets more of it. Raises as `create`."""
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout, before = loaded.checkout, loaded.lines
        known = {line.variant_id: line.variant for line in before}
        variants = known | _variants({line_input.variant_id for line_input in line_inputs} - known.keys())
        if any(line_input.quantity < 1 for line_input in line_inputs):
            raise _not_positive("The quantity should be higher than zero.")
        variant_ids = {line_input.variant_id for line_input in line_inputs}
        lines = _merged(checkout, before, line_inputs, variants)
        _check_sellable(checkout.channel, [variants[pk] for pk in variant_ids])
        _check_quantities(checkout, lines, only=variant_ids)
        _save_lines(checkout, before, lines)
    return loaded.changed(lines)


def update_lines(*, checkout_id: UUID, changes: Sequence[LineUpdate]) -> LoadedCheckout:
    """Set quantities; 0 removes a line, and a variant without a line gets one. Raises as `create`."""
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout, before = loaded.checkout, loaded.lines
        if any(change.quantity < 0 for change in changes):
            raise _not_positive("The quantity should be higher or equal zero.")
        quantities, new_inputs = _resolve_updates(before, changes)
        variants = _variants({line_input.variant_id for line_input in new_inputs})
        lines = []
        for line in before:
            line.quantity = quantities.get(line.pk, line.quantity)
            if line.quantity:
                lines.append(line)
        lines = _merged(checkout, lines, new_inputs, variants)
        variant_ids = {
            line.variant_id for line in lines if line.pk in quantities or line.variant_id in variants
        }
        _check_sellable(checkout.channel, [line.variant for line in lines if line.variant_id in variant_ids])
        _check_quantities(checkout, lines, only=variant_ids)
        _save_lines(checkout, before, lines)
    return loaded.changed(lines)


def delete_lines(*, checkout_id: UUID, line_ids: Sequence[UUID]) -> LoadedCheckout:
    """Remove lines. Raises NotFound, or CheckoutError naming the lines that are not part of the checkout."""
    with transaction.atomic(durable=True):
        loaded = loaded_checkout.lock(checkout_id)
        checkout, before = loaded.checkout, loaded.lines
        unknown = set(line_ids) - {line.pk for line in before}
        if unknown:
            raise CheckoutError(
                "Provided line_ids aren't part of checkout.",
                code="INVALID",
                field="lineId",
                lines=sorted(unknown),
            )
        lines = [line for line in before if line.pk not in set(line_ids)]
        _save_lines(checkout, before, lines)
    return loaded.changed(lines)


def _default_address(channel: Channel) -> Address:
    return Address(country=channel.default_country)


def _not_positive(message: str) -> OperationError:
    return OperationError(message, field="quantity", code="ZERO_QUANTITY")


def _variants(pks: Iterable[int]) -> dict[int, ProductVariant]:
    variant_ids = set(pks)
    if not variant_ids:
        return {}
    found = catalog_cache.get_variants(variant_ids)
    if missing := variant_ids - found.keys():
        raise NotFound(
            f"Could not resolve to a node with the ids: {', '.join(map(str, sorted(missing)))}.",
            field="variantId",
        )
    return found


def _merged(
    checkout: Checkout,
    lines: Sequence[CheckoutLine],
    line_inputs: Iterable[LineInput],
    variants: Mapping[int, ProductVariant],
) -> list[CheckoutLine]:
    """The resulting lines; a variant that is on several lines already gets another line."""
    merged = list(lines)
    if any(line_input.quantity < 1 for line_input in line_inputs):
        raise _not_positive("The quantity should be higher than zero.")
    for line_input in line_inputs:
        same = [line for line in merged if line.variant_id == line_input.variant_id]
        if len(same) == 1 and not line_input.force_new_line:
            same[0].quantity += line_input.quantity
            same[0].metadata |= dict(line_input.metadata)
            continue
        merged.append(
            CheckoutLine(
                checkout=checkout,
                variant=variants[line_input.variant_id],
                quantity=line_input.quantity,
                metadata=dict(line_input.metadata),
                # strictly increasing, so that sorting by it preserves the order in which lines were added
                created_at=timezone.now() + timedelta(microseconds=len(merged)),
            )
        )
    return merged


def _resolve_updates(
    before: Sequence[CheckoutLine], changes: Sequence[LineUpdate]
) -> tuple[dict[UUID, int], list[LineInput]]:
    """Quantities by line id, and inputs for variants that have no line yet. Metadata is added to the lines."""
    by_pk = {line.pk: line for line in before}
    quantities: dict[UUID, int] = defaultdict(int)
    new_inputs = []
    for change in changes:
        if change.line_id is not None:
            if change.line_id not in by_pk:
                raise NotFound(
                    f"Could not find checkout line {change.line_id}.", field="lineId", code="GRAPHQL_ERROR"
                )
            quantities[change.line_id] += change.quantity
            by_pk[change.line_id].metadata |= change.metadata
            continue
        if change.variant_id is None:
            raise Required("Give the lineId of what shall change.", field="lineId", code="GRAPHQL_ERROR")
        same = [line for line in before if line.variant_id == change.variant_id]
        if len(same) > 1:
            raise CheckoutError(
                "Variant occurs in multiple lines. Use `lineId` instead of `variantId`.",
                code="INVALID",
                field="variantId",
                variants=[change.variant_id],
            )
        if same:
            quantities[same[0].pk] += change.quantity
            same[0].metadata |= change.metadata
        elif change.quantity:
            new_inputs.append(LineInput(change.variant_id, change.quantity, metadata=change.metadata))
    return quantities, new_inputs


def _check_sellable(channel: Channel, variants: Iterable[ProductVariant]) -> dict[int, Decimal]:
    """Check that all variants can be bought in the channel now; return their prices by variant id. Raises
    CheckoutError.
    """
    candidates = list(variants)
    if not candidates:
        return {}
    listings = catalog_cache.get_listings(channel.pk, [variant.product_id for variant in candidates])
    prices = catalog_cache.get_prices(channel.pk, [variant.pk for variant in candidates])
    on_sale = {pk for pk, listing in listings.items() if listing.is_available_for_purchase()}
    published = {pk for pk, listing in listings.items() if listing.is_visible()}
    _raise_for(
        [variant.pk for variant in candidates if variant.product_id not in on_sale],
        "PRODUCT_UNAVAILABLE_FOR_PURCHASE",
        "Cannot add lines for unavailable for purchase variants.",
    )
    _raise_for(
        [variant.pk for variant in candidates if variant.pk not in prices],
        "UNAVAILABLE_VARIANT_IN_CHANNEL",
        "Cannot add lines with unavailable variants.",
    )
    _raise_for(
        [variant.pk for variant in candidates if variant.product_id not in published],
        "PRODUCT_NOT_PUBLISHED",
        "Cannot add lines for unpublished variants.",
    )
    return prices


def _raise_for(variants: Sequence[int], code: str, message: str) -> None:
    if variants:
        raise CheckoutError(message, code=code, variants=variants)


def _check_quantities(
    checkout: Checkout, lines: Sequence[CheckoutLine], *, only: set[int] | None = None
) -> None:
    """Check the shop's and the variants' quantity limits, then stock. `only`: the variants to check, None for all."""
    quantities: dict[int, int] = defaultdict(int)
    variants = {}
    for line in lines:
        if only is None or line.variant_id in only:
            quantities[line.variant_id] += line.quantity
            variants[line.variant_id] = line.variant
    if not quantities:
        return
    limit = shop_settings.current().limit_quantity_per_checkout
    for pk, quantity in quantities.items():
        limits = [maximum for maximum in (variants[pk].quantity_limit_per_customer, limit) if maximum]
        if limits and quantity > min(limits):
            raise OperationError(
                f"Cannot add more than {min(limits)} times this item: {variants[pk]}.",
                field="quantity",
                code="QUANTITY_GREATER_THAN_LIMIT",
            )
    check_stock(checkout, lines, {pk: n for pk, n in quantities.items() if variants[pk].track_inventory})


def check_stock(checkout: Checkout, lines: Sequence[CheckoutLine], quantities: Mapping[int, int]) -> None:
    """Raises OperationErrors with one error for each variant (`quantities`: by variant id) that is short of stock."""
    if not quantities:
        return
    available = availability(
        variant_ids=quantities,
        channel=checkout.channel,
        country=queries.country_of(checkout),
        ignoring_lines=[line.pk for line in lines],
    )
    variants = {line.variant_id: line.variant for line in lines}
    problems = [
        CheckoutError(
            f"Could not add items {variants[pk]}. Only {max(available[pk], 0)} remaining in stock.",
            field="quantity",
            code="INSUFFICIENT_STOCK",
            variants=[pk],
        )
        for pk, quantity in quantities.items()
        if available[pk] < quantity
    ]
    if problems:
        raise OperationErrors(problems)


def _save_lines(checkout: Checkout, before: Sequence[CheckoutLine], lines: Sequence[CheckoutLine]) -> None:
    """Save the lines at current prices, and delete those of `before` that are not among them."""
    remaining = {line.pk for line in lines}
    removed = [line.pk for line in before if line.pk not in remaining]
    existing = {line.pk for line in before}
    prices = catalog_cache.get_prices(checkout.channel_id, [line.variant_id for line in lines])
    _write_prices(checkout, lines, prices)
    if removed:
        release(lines=removed)
        CheckoutLine.objects.filter(pk__in=removed).delete()
    CheckoutLine.objects.bulk_update(
        [line for line in lines if line.pk in existing],
        ["quantity", "metadata", "undiscounted_unit_price_amount"],
    )
    CheckoutLine.objects.bulk_create([line for line in lines if line.pk not in existing])
    checkout.delivery_methods_stale_at = timezone.now()
    checkout.save(update_fields=["price_expiration", "delivery_methods_stale_at", "last_change"])
    _reserve(checkout, lines)


def _write_prices(checkout: Checkout, lines: Sequence[CheckoutLine], prices: Mapping[int, Decimal]) -> None:
    for line in lines:
        line.undiscounted_unit_price_amount = prices.get(line.variant_id, line.undiscounted_unit_price_amount)
    checkout.price_expiration = timezone.now() + PRICES_VALID_FOR


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
    """How long the shop reserves stock for this customer, in minutes; None: it does not."""
    if user is None:
        return settings.reserve_stock_duration_anonymous_user
    return settings.reserve_stock_duration_authenticated_user


def metadata_from_input(pairs: Iterable[Mapping[str, Any]] | None) -> dict[str, str]:
    """A dict from the API's list of {key, value}. Raises Required for an empty key."""
    found = {}
    for pair in pairs or ():
        if not pair["key"].strip():
            raise Required("Metadata key cannot be empty.", field="metadata")
        found[pair["key"]] = pair["value"]
    return found
