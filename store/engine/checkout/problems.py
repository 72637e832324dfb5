"""What stands between this basket and an order, said while there is still time to mend it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import ProductChannelListing
from store.engine.checkout import delivery_options, queries
from store.engine.checkout.models import Checkout, CheckoutDelivery, CheckoutLine
from store.engine.stock.availability import availability


@dataclass(slots=True)
class TooFew:
    line: CheckoutLine
    available_quantity: int


@dataclass(slots=True)
class NotAvailable:
    line: CheckoutLine


@dataclass(slots=True)
class DeliveryStale:
    delivery: CheckoutDelivery


@dataclass(slots=True)
class DeliveryInvalid:
    delivery: CheckoutDelivery


LineProblem = TooFew | NotAvailable
Problem = LineProblem | DeliveryStale | DeliveryInvalid


def of_lines(checkout: Checkout) -> list[LineProblem]:
    lines = queries.lines_of(checkout)
    if not lines:
        return []
    gone = unavailable(checkout, lines)
    found: list[LineProblem] = [NotAvailable(line) for line in lines if line.pk in gone]
    rest = [line for line in lines if line.pk not in gone and line.variant.track_inventory]
    wanted: dict[int, int] = defaultdict(int)
    for line in rest:
        wanted[line.variant_id] += line.quantity
    if not wanted:
        return found
    free = availability(
        variant_ids=wanted,
        channel=checkout.channel,
        country=queries.country_of(checkout),
        ignoring_lines=[line.pk for line in lines],
    )
    found += [
        TooFew(line, free[line.variant_id])
        for line in rest
        if free[line.variant_id] < wanted[line.variant_id]
    ]
    return found


def unavailable(checkout: Checkout, lines: Sequence[CheckoutLine]) -> set[object]:
    """Lines whose variant can't be bought in this channel any more."""
    listings = catalog_cache.listings(checkout.channel_id, [line.variant.product_id for line in lines])
    prices = catalog_cache.prices(checkout.channel_id, [line.variant_id for line in lines])
    return {
        line.pk
        for line in lines
        if line.variant_id not in prices or not _on_sale(listings.get(line.variant.product_id))
    }


def _on_sale(listing: ProductChannelListing | None) -> bool:
    return listing is not None and listing.is_published and listing.is_available_for_purchase()


def of_checkout(checkout: Checkout) -> list[Problem]:
    found: list[Problem] = list(of_lines(checkout))
    if checkout.delivery is not None:
        if delivery_options.is_stale(checkout):
            found.append(DeliveryStale(checkout.delivery))
        if not checkout.delivery.is_valid or not checkout.delivery.active:
            found.append(DeliveryInvalid(checkout.delivery))
    return found
