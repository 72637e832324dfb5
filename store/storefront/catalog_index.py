"""Every product of a channel with what it is filtered, counted and sorted by. One small call per hundred products.

Saleor has no counts by facet, and a search with synonyms is none of its filters, so both are worked out here over the
whole catalogue; the cards of a page are then asked for by slug.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from store.saleor import clients
from store.saleor.client import fragments
from store.saleor.translations import translated_name
from store.storefront import languages
from store.storefront.connections import ConnectionAnswer, all_nodes
from store.storefront.values import Money, taxed_money

MATERIAL, MECHANISM, AREA, LEVEL, SUCTION = "material", "mechanism", "area", "level", "suction"
PRICE, STOCK = "price", "stock"
KEYS = (LEVEL, MATERIAL, MECHANISM, SUCTION, AREA, PRICE, STOCK)  # in the order of the page and the address
# Saleor answers a hundred at once, but refuses what costs more than 50,000: a product of the search costs 1,113.
PER_CALL = 40
PRICE_EDGES = (Decimal(25), Decimal(50), Decimal(100))  # of the bands, in the channel's currency
IN_STOCK = "in"
FIRST_TIME, LIGHT = "first-time", "light"  # slugs of values of the attributes use-level and suction-level


@dataclass(frozen=True, slots=True)
class FacetValue:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class IndexedProduct:
    """`values`: what it has of each facet. `labels`: names of those facets that are attributes of the catalogue."""

    slug: str
    name: str
    created: datetime
    is_available: bool
    price: Money | None
    values: Mapping[str, tuple[FacetValue, ...]]
    labels: Mapping[str, str]

    def has(self, key: str, slug: str) -> bool:
        return any(value.slug == slug for value in self.values.get(key, ()))

    @property
    def beginner_rank(self) -> tuple[bool, bool, bool, bool, Decimal]:
        """Sorts what suits a first time best to the front: in stock, a set, for a first time, light, low price."""
        return (
            not self.is_available,
            not self.values.get(LEVEL),
            not self.has(LEVEL, FIRST_TIME),
            not self.has(SUCTION, LIGHT),
            self.price.amount if self.price else Decimal(0),
        )


def fetch(channel: str) -> list[IndexedProduct]:
    """All products of the channel, by name. Raises SaleorError."""
    client, language = clients.storefront(), languages.current_code()

    def fetch_after(cursor: str | None) -> ConnectionAnswer[fragments.IndexedProduct] | None:
        return client.catalog_index(channel=channel, first=PER_CALL, after=cursor, language=language).products

    return [indexed(answer) for answer in all_nodes(fetch_after(None), fetch_after)]


def indexed(answer: fragments.IndexedProduct) -> IndexedProduct:
    assigned = {
        MECHANISM: answer.suction_method,
        AREA: answer.body_areas,
        LEVEL: answer.use_level,
        SUCTION: answer.suction_level,
    }
    values = {key: tuple(assigned_values(attribute)) for key, attribute in assigned.items()}
    price = _price(answer)
    available = bool(answer.is_available)
    values[MATERIAL] = (_root_category(answer.category),) if answer.category else ()
    values[PRICE] = (FacetValue(price_band(price.amount), ""),) if price else ()
    values[STOCK] = (FacetValue(IN_STOCK, _("In stock")),) if available else ()
    labels = {key: translated_name(one.attribute) for key, one in assigned.items() if one}
    return IndexedProduct(
        answer.slug, translated_name(answer), answer.created, available, price, values, labels
    )


def assigned_values(assigned: object) -> Iterator[FacetValue]:
    """What was chosen of a list: one value or several; nothing for an attribute of another type."""
    one = getattr(assigned, "choice", None)
    chosen: Iterable[fragments.IndexedProductBodyAreasAssignedMultiChoiceAttributeChoices] = (
        [one] if one else getattr(assigned, "choices", ())
    )
    for value in chosen:
        if value.slug:
            yield FacetValue(value.slug, value.translation or value.name or value.slug)


def price_band(amount: Decimal) -> str:
    """Such as "25-50": from 25 to below 50. Open at the ends: "-25", "100-"."""
    low = max((edge for edge in PRICE_EDGES if amount >= edge), default="")
    high = min((edge for edge in PRICE_EDGES if amount < edge), default="")
    return f"{low}-{high}"


def _root_category(category: fragments.IndexedProductCategory) -> FacetValue:
    """The category at the top, which the list is entered by."""
    above = category.ancestors.edges if category.ancestors else ()
    root = above[0].node if above else category
    return FacetValue(root.slug, translated_name(root))


def _price(answer: fragments.IndexedProduct) -> Money | None:
    """The lowest, with or without tax, as the shop shows it."""
    lowest = answer.pricing and answer.pricing.price_range and answer.pricing.price_range.start
    if not answer.pricing or not lowest:
        return None
    return taxed_money(lowest).shown(gross=answer.pricing.display_gross_prices)
