"""Prices with taxes: of variants, and price ranges of products."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from store.engine.catalog.models import VariantChannelListing
from store.engine.channels.models import Channel
from store.engine.money import TaxedMoney, TaxedMoneyRange
from store.engine.taxes.tax_rates import Taxation


@dataclass(frozen=True, slots=True)
class VariantPrice:
    price: TaxedMoney
    prior: TaxedMoney | None = None


@dataclass(frozen=True, slots=True)
class ProductPrice:
    """Prices from the cheapest to the most expensive variant."""

    range: TaxedMoneyRange
    prior: TaxedMoneyRange | None = None  # of the variants that have a prior price


def prices_of_variants(
    *, variant_ids: Iterable[int], channel: Channel, taxation: Taxation, tax_classes: Mapping[int, int | None]
) -> dict[int, VariantPrice]:
    """Prices of variants in a channel, in one statement; variants without a price are left out.

    `tax_classes`: the tax class of each variant's product (or of its type), by variant.
    """
    rows = VariantChannelListing.objects.filter(
        channel=channel, variant_id__in=list(variant_ids), price_amount__isnull=False
    ).order_by()
    currency = channel.currency_code
    return {
        variant: VariantPrice(
            taxation.price(amount, currency, tax_classes.get(variant)),
            taxation.price(prior, currency, tax_classes.get(variant)) if prior is not None else None,
        )
        for variant, amount, prior in rows.values_list("variant_id", "price_amount", "prior_price_amount")
    }


def prices_of_products(
    *, product_ids: Iterable[int], channel: Channel, taxation: Taxation, tax_classes: Mapping[int, int | None]
) -> dict[int, ProductPrice]:
    """Price ranges of products in a channel, in one statement; products without a price are left out.

    `tax_classes`: the tax class of each product (or of its type), by product.
    """
    rows = VariantChannelListing.objects.filter(
        channel=channel, variant__product_id__in=list(product_ids), price_amount__isnull=False
    ).order_by()
    now: dict[int, list[Decimal]] = {}
    before: dict[int, list[Decimal]] = {}
    for product, amount, prior in rows.values_list(
        "variant__product_id", "price_amount", "prior_price_amount"
    ):
        now.setdefault(product, []).append(amount)
        if prior is not None:
            before.setdefault(product, []).append(prior)

    def taxed_range(product: int, amounts: list[Decimal]) -> TaxedMoneyRange:
        low, high = min(amounts), max(amounts)
        start = taxation.price(low, channel.currency_code, tax_classes.get(product))
        same = high == low
        stop = start if same else taxation.price(high, channel.currency_code, tax_classes.get(product))
        return TaxedMoneyRange(start, stop)

    return {
        product: ProductPrice(
            taxed_range(product, amounts),
            taxed_range(product, before[product]) if product in before else None,
        )
        for product, amounts in now.items()
    }


def discount_from(prior: TaxedMoney | None, price: TaxedMoney) -> TaxedMoney | None:
    """By how much the price is below the prior one; None where it is not."""
    return prior - price if prior is not None and prior.gross.amount > price.gross.amount else None
