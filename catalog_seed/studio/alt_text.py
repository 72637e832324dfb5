"""The words for each picture, true to what it shows: filled from the catalogue into the sentences of alt.toml."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from catalog_seed.studio.catalog import Cup, Product, Variant
from catalog_seed.studio.shot_list import Plan

LANGUAGES = ("en", "de", "es")


def alt_text(plan: Plan, language: str) -> str:
    """One plain sentence about this picture."""
    words = _words()[language]
    colour = words["colours"][plan.variant.colour]
    if plan.kind == "scale" and plan.product.slug in words["scales"]:
        return str(words["scales"][plan.product.slug])
    if plan.kind == "closeup":
        return str(words["closeups"][_detail(plan)]).format(colour=colour)
    thing = _thing(plan, words).format(colour=colour, size=plan.variant.attributes.get("size", ""))
    extras = "".join(f", {words['extras'][key]}" for key in _extras(plan))
    return str(words["shots"][plan.kind]).format(thing=thing, extras=extras)


def _thing(plan: Plan, words: Mapping[str, Any]) -> str:
    if not plan.variant.cups:
        return str(words["things"][plan.product.slug])
    cups = list(plan.variant.cups) if plan.kind != "scale" else _one_of_each(plan.product)
    shape = words["cups"][_kind(plan.product)]["one" if len(cups) == 1 else "many"]
    return f"{shape}: {_sizes(cups)}"


def _sizes(cups: Iterable[Cup]) -> str:
    counted = Counter(cup.diameter for cup in cups)
    if sum(counted.values()) == 1:
        return f"{next(iter(counted)):g} mm"
    return ", ".join(f"{count} × {size:g} mm" for size, count in sorted(counted.items(), reverse=True))


def _one_of_each(product: Product) -> list[Cup]:
    return list({cup.diameter: cup for variant in product.variants for cup in variant.cups}.values())


def _extras(plan: Plan) -> list[str]:
    """What else is on the table: tools in a hero, everything in a box."""
    product = plan.product
    if plan.kind == "scale" or not plan.variant.cups:
        return []
    tools = ["hand pump"] if product.has_in_box("hand pump") else []
    tools += ["hose"] if has_hose(product, plan.variant) else []
    if plan.kind == "hero":
        return tools
    packed = ("spare valves", "cotton pouch", "round tin", "lined box")
    return tools + [key for key in packed if product.has_in_box(key)]


def has_hose(product: Product, variant: Variant) -> bool:
    """Some sets always have the hose, in others it is a choice."""
    if product.has_in_box("hose, if chosen"):
        return "hose" in variant.attributes.get("set-size", "")
    return product.has_in_box("hose")


def _detail(plan: Plan) -> str:
    """A larger silicone set is shown from outside, a pair or a single cup from inside."""
    kind = _kind(plan.product)
    return "silicone-set" if kind == "silicone" and len(plan.variant.cups) > 2 else kind


def _kind(product: Product) -> str:
    if product.category == "accessories":
        return product.slug
    return "bulb" if "bulb" in product.suction.lower() else product.category


@cache
def _words() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "alt.toml").read_text(encoding="utf-8"))
