"""A product with its variants, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.storefront.delivery_offers import DeliveryOffer
from store.storefront.product_cards import ProductCard
from store.storefront.values import Money

LOW_STOCK = 5  # up to this many, the page says how many are left


@dataclass(frozen=True, slots=True)
class Fact:
    """An attribute with its value as text; the value has several lines where the merchant wrote several."""

    slug: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class SelectedValue:
    """The value of an attribute that variants are selected by. `color` is a hex color of a swatch, else empty."""

    attribute: str
    attribute_name: str
    slug: str
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Variant:
    """`available`: how many one checkout can hold, None for any number. Prices are with or without tax, as shown."""

    id: str
    sku: str
    name: str
    available: int | None
    limit_per_customer: int | None
    price: Money | None
    price_before: Money | None
    media_ids: frozenset[str]
    selection: Sequence[SelectedValue]
    facts: Sequence[Fact]

    @property
    def is_in_stock(self) -> bool:
        return self.available is None or self.available > 0

    @property
    def max_quantity(self) -> int | None:
        """The most that one order can hold, as far as Saleor tells; None for no limit."""
        return min(filter(None, (self.available, self.limit_per_customer)), default=None)

    @property
    def max_shown(self) -> int | None:
        """As `max_quantity`, without giving away a stock that the page does not show either."""
        available = self.available if self.available and self.available <= LOW_STOCK else None
        return min(filter(None, (available, self.limit_per_customer)), default=None)


@dataclass(frozen=True, slots=True)
class ProductPicture:
    """At most 1024 pixels wide; `small_url` 512, `large_url` 2048."""

    id: str
    url: str
    small_url: str
    large_url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Category:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Product:
    """`description` is EditorJS; `guide_slugs` and `insert_slug` name pages of guides/.

    `may_be_sold`: it has the safety insert that it needs, or needs none. `related`: others of its category.
    """

    slug: str
    name: str
    description: str
    seo_title: str
    seo_description: str
    is_for_sale: bool
    with_tax: bool
    category: Category | None
    pictures: Sequence[ProductPicture]
    variants: Sequence[Variant]
    facts: Sequence[Fact]
    guide_slugs: Sequence[str]
    insert_slug: str
    may_be_sold: bool
    related: Sequence[ProductCard] = ()
    delivery_offers: Sequence[DeliveryOffer] = ()

    def facts_of(self, variant: Variant | None) -> list[Fact]:
        """The product's facts, with the variant's value where it has one of its own, then the variant's other facts."""
        own = {fact.slug: fact for fact in variant.facts} if variant else {}
        shown = [
            Fact(fact.slug, fact.name, own.pop(fact.slug).value if fact.slug in own else fact.value)
            for fact in self.facts
        ]
        return [*shown, *own.values()]

    def pictures_of(self, variant: Variant | None) -> list[ProductPicture]:
        """The variant's pictures, then those of no variant; all pictures when no variant has any."""
        own = variant.media_ids if variant else frozenset[str]()
        of_others = frozenset[str]().union(*(other.media_ids for other in self.variants)) - own
        shown = [picture for picture in self.pictures if not own or picture.id not in of_others]
        return sorted(shown, key=lambda picture: picture.id not in own)
