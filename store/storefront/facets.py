"""Facets of the product list: what can be chosen, with the number of products that each choice would show.

Choices of one facet widen the result, those of several narrow it. A count is over the whole result, with the choices
of the other facets.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from store.storefront.catalog_index import (
    KEYS,
    MATERIAL,
    PRICE,
    STOCK,
    FacetValue,
    IndexedProduct,
)
from store.storefront.templatetags.shop_format import whole_money
from store.storefront.values import Money

Selection = Mapping[str, Sequence[str]]  # slugs of the chosen values by the key of their facet


@dataclass(frozen=True, slots=True)
class FacetChoice:
    """A value that can be chosen, with the number of products that have it."""

    key: str
    slug: str
    name: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    key: str
    label: str
    choices: Sequence[FacetChoice]

    @property
    def is_used(self) -> bool:
        return any(choice.is_chosen for choice in self.choices)


def matching(products: Iterable[IndexedProduct], selection: Selection) -> list[IndexedProduct]:
    return [product for product in products if _matches(product, selection)]


def known(selection: Selection, catalog: Iterable[IndexedProduct]) -> dict[str, tuple[str, ...]]:
    """Without the values that no product has. A category may be empty, so its slug stays."""
    there = {(key, value.slug) for one in catalog for key, own in one.values.items() for value in own}
    kept = {
        key: tuple(slug for slug in slugs if key == MATERIAL or (key, slug) in there)
        for key, slugs in selection.items()
    }
    return {key: slugs for key, slugs in kept.items() if slugs}


def facets(
    catalog: Sequence[IndexedProduct], found: Sequence[IndexedProduct], selection: Selection, locale: str
) -> list[Facet]:
    """`catalog` says what there is to choose, `found` (by the search, if there is one) is counted."""
    labels = _labels(catalog)
    shown = []
    for key in KEYS:
        others = {other: slugs for other, slugs in selection.items() if other != key}
        counted = matching(found, others)
        choices = [
            FacetChoice(
                key,
                value.slug,
                value.name,
                sum(product.has(key, value.slug) for product in counted),
                value.slug in selection.get(key, ()),
            )
            for value in _values(catalog, key, locale)
        ]
        if choices:
            shown.append(Facet(key, labels.get(key, key), choices))
    return shown


def _matches(product: IndexedProduct, selection: Selection) -> bool:
    return all(any(product.has(key, slug) for slug in slugs) for key, slugs in selection.items() if slugs)


def _labels(catalog: Iterable[IndexedProduct]) -> dict[str, str]:
    own = {MATERIAL: _("Material"), PRICE: _("Price"), STOCK: _("Availability")}
    for product in catalog:
        own.update(product.labels)
    return own


def _values(catalog: Sequence[IndexedProduct], key: str, locale: str) -> list[FacetValue]:
    """Each value once: prices from low to high, the rest by name."""
    found = {value.slug: value for product in catalog for value in product.values.get(key, ())}
    if key != PRICE:
        return sorted(found.values(), key=lambda value: value.name.casefold())
    currency = next((product.price.currency for product in catalog if product.price), "")
    return [FacetValue(slug, _band_name(slug, currency, locale)) for slug in sorted(found, key=_lower_edge)]


def _lower_edge(band: str) -> Decimal:
    return Decimal(band.partition("-")[0] or 0)


def _band_name(band: str, currency: str, locale: str) -> str:
    low, high = (
        whole_money(Money(Decimal(edge), currency), locale) if edge else "" for edge in band.split("-")
    )
    if not low:
        return _("Under {price}").format(price=high)
    if not high:
        return _("{price} and more").format(price=low)
    return _("{low} to {high}").format(low=low, high=high)
