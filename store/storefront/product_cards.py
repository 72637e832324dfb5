"""A product as a card of a list shows it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.saleor.translations import translated_name
from store.storefront.values import Money, Picture, picture, taxed_money

if TYPE_CHECKING:
    from store.saleor.client import fragments


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The amounts to show, all with or all without tax. `before`: the lowest without its discount, if it has one."""

    low: Money
    high: Money
    before: Money | None


@dataclass(frozen=True, slots=True)
class ProductCard:
    slug: str
    name: str
    picture: Picture | None
    is_available: bool
    cup_count: int | None
    use_level: str
    prices: PriceRange | None


def product_card(answer: "fragments.ProductCard") -> ProductCard:
    return ProductCard(
        slug=answer.slug,
        name=translated_name(answer),
        picture=picture(answer.thumbnail),
        is_available=bool(answer.is_available),
        cup_count=_cup_count(answer),
        use_level=_use_level(answer),
        prices=_price_range(answer.pricing) if answer.pricing else None,
    )


def _price_range(pricing: "fragments.ProductCardPricing") -> PriceRange | None:
    prices, undiscounted = pricing.price_range, pricing.price_range_undiscounted
    if prices is None or prices.start is None or prices.stop is None:
        return None
    gross = pricing.display_gross_prices
    low, high = taxed_money(prices.start).shown(gross=gross), taxed_money(prices.stop).shown(gross=gross)
    before = undiscounted and undiscounted.start and taxed_money(undiscounted.start).shown(gross=gross)
    return PriceRange(low, high, before if before and before.amount > low.amount else None)


def _cup_count(answer: "fragments.ProductCard") -> int | None:
    assigned = answer.cup_count
    if assigned is None or assigned.typename__ != "AssignedNumericAttribute" or assigned.value is None:
        return None
    return int(assigned.value)


def _use_level(answer: "fragments.ProductCard") -> str:
    assigned = answer.use_level
    if assigned is None or assigned.typename__ != "AssignedSingleChoiceAttribute" or assigned.value is None:
        return ""
    return assigned.value.translation or assigned.value.name or ""
