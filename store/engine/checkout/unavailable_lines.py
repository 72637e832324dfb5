"""Lines of a checkout whose variant can't be bought in its channel any more."""

from collections.abc import Sequence

from store.engine.catalog import catalog_cache
from store.engine.catalog.models import ProductChannelListing
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.models import Checkout, CheckoutLine


def unavailable_line_ids(checkout: Checkout, lines: Sequence[CheckoutLine]) -> set[object]:
    listings = catalog_cache.get_listings(checkout.channel_id, [line.variant.product_id for line in lines])
    prices = catalog_cache.get_prices(checkout.channel_id, [line.variant_id for line in lines])
    return {
        line.pk
        for line in lines
        if line.variant_id not in prices or not _on_sale(listings.get(line.variant.product_id))
    }


def unavailable_error(checkout: Checkout, lines: Sequence[CheckoutLine]) -> CheckoutError | None:
    """What to say of lines that can't be bought any more; None when all can."""
    unavailable = unavailable_line_ids(checkout, lines) if lines else None
    if not unavailable:
        return None
    return CheckoutError(
        "Some of the checkout lines variants are unavailable.",
        code="UNAVAILABLE_VARIANT_IN_CHANNEL",
        variants=[line.variant_id for line in lines if line.pk in unavailable],
    )


def _on_sale(listing: ProductChannelListing | None) -> bool:
    return listing is not None and listing.is_published and listing.is_available_for_purchase()
