"""The selected variant of a product, and where each other option leads.

An option is a link with the whole selection in its query, so it works without JavaScript and can be shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


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


def selected_slugs(variant: Any) -> dict[str, str]:
    """Value slug by attribute slug, such as {"colour": "teal", "firmness": "soft"}."""
    return {s.attribute.slug: s.values[0].slug or "" for s in variant.selection if s.values}


def select_variant(variants: Sequence[Any], requested: SelectedSlugs) -> Any | None:
    """The variant with all requested values, one in stock if there is one; None when there is no such variant."""
    matching = [v for v in variants if requested.items() <= selected_slugs(v).items()]
    return _first_in_stock(matching)


def choices(variants: Sequence[Any], current_variant: Any) -> list[Choice]:
    """One per attribute that the variants are selected by, in Saleor's order."""
    selection = selected_slugs(current_variant)
    return [
        Choice(slug, name, [_option(variants, selection, slug, value) for value in values.values()])
        for slug, name, values in _attributes(variants)
    ]


def _attributes(variants: Iterable[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    attributes: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for variant in variants:
        for selected in variant.selection:
            attribute = selected.attribute
            entry = attributes.setdefault(
                attribute.slug or "", (attribute.slug or "", attribute.name or "", {})
            )
            for value in selected.values:
                entry[2].setdefault(value.slug or "", value)
    return [entry for entry in attributes.values() if entry[2]]


def _option(variants: Sequence[Any], selection: SelectedSlugs, attribute: str, value: Any) -> Option:
    requested = {**selection, attribute: value.slug}
    exact = select_variant(variants, requested)
    nearest = exact or select_variant(variants, {attribute: value.slug})
    return Option(
        slug=value.slug or "",
        name=value.name or "",
        color=value.value if str(value.value or "").startswith("#") else "",
        query=urlencode(selected_slugs(nearest)),
        is_chosen=selection.get(attribute) == value.slug,
        note=_note(exact, nearest, attribute),
    )


def _note(exact: Any, nearest: Any, attribute: str) -> str:
    if exact is None:
        others = [s.values[0].name for s in nearest.selection if s.attribute.slug != attribute and s.values]
        return f"only with {', '.join(others)}" if others else "not made"
    return "" if (exact.quantity_available or 0) > 0 else "out of stock"


def _first_in_stock(variants: Sequence[Any]) -> Any | None:
    in_stock = (v for v in variants if (v.quantity_available or 0) > 0)
    return next(in_stock, variants[0] if variants else None)
