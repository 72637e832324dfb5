"""Which variant is on the table, and what each other choice would lead to.

A choice is a link with the whole selection in its query, so it works without JavaScript and can be shared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Option:
    slug: str
    name: str
    colour: str
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


Selection = Mapping[str, str]


def selection_of(variant: Any) -> dict[str, str]:
    """{"colour": "teal", "firmness": "soft"}"""
    return {s.attribute.slug: s.values[0].slug or "" for s in variant.selection if s.values}


def pick(variants: Sequence[Any], wanted: Selection) -> Any | None:
    """The variant that fits all that was asked; without a wish, the first that can be bought."""
    fitting = [v for v in variants if wanted.items() <= selection_of(v).items()]
    return _first_in_stock(fitting)


def choices(variants: Sequence[Any], chosen: Any) -> list[Choice]:
    """One per attribute that differs between the variants, in the order the shop gives them."""
    current = selection_of(chosen)
    return [
        Choice(slug, name, [_option(variants, current, slug, value) for value in values.values()])
        for slug, name, values in _attributes(variants)
    ]


def _attributes(variants: Iterable[Any]) -> list[tuple[str, str, dict[str, Any]]]:
    found: dict[str, tuple[str, str, dict[str, Any]]] = {}
    for variant in variants:
        for selected in variant.selection:
            attribute = selected.attribute
            entry = found.setdefault(attribute.slug or "", (attribute.slug or "", attribute.name or "", {}))
            for value in selected.values:
                entry[2].setdefault(value.slug or "", value)
    return [entry for entry in found.values() if entry[2]]


def _option(variants: Sequence[Any], current: Selection, attribute: str, value: Any) -> Option:
    wanted = {**current, attribute: value.slug}
    exact = pick(variants, wanted)
    nearest = exact or pick(variants, {attribute: value.slug})
    return Option(
        slug=value.slug or "",
        name=value.name or "",
        colour=value.value if str(value.value or "").startswith("#") else "",
        query=urlencode(selection_of(nearest)),
        is_chosen=current.get(attribute) == value.slug,
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
