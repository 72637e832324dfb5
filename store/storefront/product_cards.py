"""A product as a card of a list shows it."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from store.saleor.client.enums import ProductMediaType
from store.saleor.translations import translated_name
from store.storefront.values import Money, Picture, picture, relative_url, taxed_money

if TYPE_CHECKING:
    from store.saleor.client import fragments

    Assigned = (
        fragments.ProductCardUseLevelAssignedAttribute
        | fragments.ProductCardUseLevelAssignedSingleChoiceAttribute
        | fragments.ProductCardSuctionAssignedAttribute
        | fragments.ProductCardSuctionAssignedSingleChoiceAttribute
        | None
    )


@dataclass(frozen=True, slots=True)
class PriceRange:
    """The amounts to show, all with or all without tax. `before`: the lowest without its discount, if it has one."""

    low: Money
    high: Money
    before: Money | None


@dataclass(frozen=True, slots=True)
class Color:
    """`hex` such as "#2f7f7b"; the name stands beside it for those who don't see it."""

    name: str
    hex: str


@dataclass(frozen=True, slots=True)
class ProductCard:
    """`fewest_cups` and `most_cups` of the variants are 0 where nothing says how many cups there are.

    `hover_picture` takes the place of `picture` while a pointer rests on the card. `suction` is such as
    "Suction: Light", `colors` are those of the variants where there are several.
    """

    slug: str
    name: str
    picture: Picture | None
    hover_picture: Picture | None
    is_available: bool
    fewest_cups: int
    most_cups: int
    use_level: str
    prices: PriceRange | None
    suction: str = ""
    colors: tuple[Color, ...] = ()

    @property
    def cups(self) -> str:
        """Such as "6" or "12–24"."""
        is_range = self.fewest_cups != self.most_cups
        return f"{self.fewest_cups}–{self.most_cups}" if is_range else str(self.most_cups)


def product_card(answer: "fragments.ProductCard") -> ProductCard:
    cups = _cup_counts(answer)
    return ProductCard(
        slug=answer.slug,
        name=translated_name(answer),
        picture=_picture(answer),
        hover_picture=_hover_picture(answer),
        is_available=bool(answer.is_available),
        fewest_cups=min(cups, default=0),
        most_cups=max(cups, default=0),
        use_level=_choice(answer.use_level),
        prices=_price_range(answer.pricing) if answer.pricing else None,
        suction=_suction(answer),
        colors=_colors(answer),
    )


def _picture(answer: "fragments.ProductCard") -> Picture | None:
    shown = picture(answer.thumbnail)
    if shown is None:
        return None
    sizes = {256: answer.small, 512: answer.thumbnail, 1024: answer.large}
    srcset = ", ".join(f"{relative_url(one.url)} {width}w" for width, one in sizes.items() if one)
    return replace(shown, srcset=srcset)


def _hover_picture(answer: "fragments.ProductCard") -> Picture | None:
    """The last picture of several: that of the seed shows all sizes beside a ruler and a coin."""
    images = [media for media in answer.media or () if media.type_ is ProductMediaType.IMAGE]
    if len(images) < 2:
        return None
    return Picture(relative_url(images[-1].url), images[-1].translated_alt or images[-1].alt)


def _price_range(pricing: "fragments.ProductCardPricing") -> PriceRange | None:
    prices, undiscounted = pricing.price_range, pricing.price_range_undiscounted
    if prices is None or prices.start is None or prices.stop is None:
        return None
    gross = pricing.display_gross_prices
    low, high = taxed_money(prices.start).shown(gross=gross), taxed_money(prices.stop).shown(gross=gross)
    before = undiscounted and undiscounted.start and taxed_money(undiscounted.start).shown(gross=gross)
    return PriceRange(low, high, before if before and before.amount > low.amount else None)


def _cup_counts(answer: "fragments.ProductCard") -> set[int]:
    """The numbers of cups of the variants; that of the product stands for variants without their own."""
    edges = answer.product_variants.edges if answer.product_variants else ()
    of_product = _number(answer.cup_count)
    counts = {_number(edge.node.cup_count) or of_product for edge in edges} or {of_product}
    return {count for count in counts if count}


def _number(assigned: object) -> int | None:
    """The value of a numeric attribute; None for one without a value, and for another type."""
    value = getattr(assigned, "value", None)
    return int(value) if isinstance(value, float | int) else None


def _suction(answer: "fragments.ProductCard") -> str:
    """Name and value of the attribute, in the words of the catalogue."""
    assigned = answer.suction
    value = _choice(assigned)
    if assigned is None or assigned.typename__ != "AssignedSingleChoiceAttribute" or not value:
        return ""
    return f"{translated_name(assigned.attribute)}: {value}"


def _colors(answer: "fragments.ProductCard") -> tuple[Color, ...]:
    edges = answer.product_variants.edges if answer.product_variants else ()
    swatches = [
        edge.node.color.value
        for edge in edges
        if edge.node.color and edge.node.color.typename__ == "AssignedSwatchAttribute"
    ]
    colors = {one.hex_color: one.translation or one.name or "" for one in swatches if one and one.hex_color}
    return tuple(Color(name, code) for code, name in colors.items()) if len(colors) > 1 else ()


def _choice(assigned: "Assigned") -> str:
    """The value that was chosen, in the reader's language; "" for none."""
    if assigned is None or assigned.typename__ != "AssignedSingleChoiceAttribute" or assigned.value is None:
        return ""
    return assigned.value.translation or assigned.value.name or ""
