"""The selected variant of a product, and where each other option leads.

An option is a link with the whole selection in its query, so it works without JavaScript and can be shared.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from store.storefront.product_details import SelectedValue, Variant

BY_NAME = "variant"  # the choice between variants that no attributes tell apart


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    name: str
    color: str
    query: str
    is_chosen: bool
    note: str


@dataclass(frozen=True, slots=True)
class Choice:
    slug: str
    name: str
    options: Sequence[Option]

    @property
    def chosen_name(self) -> str:
        return next((option.name for option in self.options if option.is_chosen), "")


SelectedSlugs = Mapping[str, str]


def selected_slugs(variant: Variant) -> dict[str, str]:
    """Value slug by attribute slug, such as {"colour": "teal", "firmness": "soft"}."""
    return {value.attribute: value.slug for value in variant.selection}


def requested_variant(variants: Sequence[Variant], query: Mapping[str, str]) -> tuple[bool, Variant | None]:
    """Does the query ask for a variant (by SKU, id or attributes), and which one (None: not sold any more)?"""
    if sku := query.get("sku"):
        return True, next((variant for variant in variants if variant.sku == sku), None)
    if id_ := query.get(BY_NAME):
        return True, next((variant for variant in variants if variant.id == id_), None)
    attributes = {value.attribute for variant in variants for value in variant.selection}
    requested = {key: value for key, value in query.items() if key in attributes}
    return bool(requested), select_variant(variants, requested)


def select_variant(variants: Sequence[Variant], requested: SelectedSlugs) -> Variant | None:
    """The variant with all requested values, one in stock if there is one; None when there is no such variant."""
    matching = [v for v in variants if requested.items() <= selected_slugs(v).items()]
    return next((v for v in matching if v.is_in_stock), matching[0] if matching else None)


def choices(variants: Sequence[Variant], current: Variant) -> list[Choice]:
    """One per attribute that the variants are selected by, in Saleor's order; otherwise one between their names."""
    if _are_told_apart_by_attributes(variants):
        return [
            Choice(slug, values[0].attribute_name, [_option(variants, current, value) for value in values])
            for slug, values in _values_by_attribute(variants).items()
        ]
    return [Choice(BY_NAME, _("Choice"), [_option_by_name(variant, current) for variant in variants])]


def _are_told_apart_by_attributes(variants: Sequence[Variant]) -> bool:
    """A single variant is; several are if all have the same attributes, and no two have the same values."""
    selections = [selected_slugs(variant) for variant in variants]
    return len({frozenset(s) for s in selections}) <= 1 and len(
        {frozenset(s.items()) for s in selections}
    ) == len(variants)


def _values_by_attribute(variants: Sequence[Variant]) -> dict[str, list[SelectedValue]]:
    found: dict[str, dict[str, SelectedValue]] = {}
    for variant in variants:
        for value in variant.selection:
            found.setdefault(value.attribute, {}).setdefault(value.slug, value)
    return {attribute: list(values.values()) for attribute, values in found.items()}


def _option(variants: Sequence[Variant], current: Variant, value: SelectedValue) -> Option:
    selection = selected_slugs(current)
    exact = select_variant(variants, {**selection, value.attribute: value.slug})
    nearest = exact or select_variant(variants, {value.attribute: value.slug}) or current
    return Option(
        slug=value.slug,
        name=value.name,
        color=value.color,
        query=urlencode(selected_slugs(nearest)),
        is_chosen=selection.get(value.attribute) == value.slug,
        note=_stock_note(exact) if exact else _only_with(nearest, value.attribute),
    )


def _option_by_name(variant: Variant, current: Variant) -> Option:
    return Option(
        slug=variant.id,
        name=variant.name or variant.sku,
        color="",
        query=urlencode({"sku": variant.sku} if variant.sku else {BY_NAME: variant.id}),
        is_chosen=variant.id == current.id,
        note=_stock_note(variant),
    )


def _stock_note(variant: Variant) -> str:
    return "" if variant.is_in_stock else _("out of stock")


def _only_with(nearest: Variant, attribute: str) -> str:
    others = [value.name for value in nearest.selection if value.attribute != attribute]
    return _("only with {values}").format(values=", ".join(others)) if others else _("not made")
