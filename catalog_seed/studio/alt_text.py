"""Alternative texts of the pictures: the templates of alt.toml, filled with the values of the catalog."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from catalog_seed.studio.catalog import Cup, Product, Variant
from catalog_seed.studio.set_choice import table_set
from catalog_seed.studio.shot_list import Plan

LANGUAGES = ("en", "de", "es")


def alt_text(plan: Plan, language: str) -> str:
    """The alternative text of a picture, one sentence; `language` is one of LANGUAGES."""
    texts = _texts()[language]
    color = texts["colors"][plan.variant.color]
    if plan.kind == "scale" and plan.product.slug in texts["scales"]:
        return str(texts["scales"][plan.product.slug])
    if plan.kind == "use":
        return str(texts["uses"][_cup_kind(plan.product)]).format(color=color)
    if plan.kind == "closeup":
        return str(texts["closeups"][_closeup_key(plan)]).format(color=color)
    item = _describe_item(plan, texts).format(color=color, size=plan.variant.attributes.get("size", ""))
    extras = "".join(f", {texts['extras'][key]}" for key in _extra_keys(plan))
    table = texts["sets"][table_set(plan.product, plan.variant.color)]
    return str(texts["shots"][plan.kind]).format(item=item, extras=extras, set=table)


def home_card_words(language: str) -> str:
    """What the card of the first page says."""
    return str(_texts()[language]["cards"]["home"])


def _describe_item(plan: Plan, texts: Mapping[str, Any]) -> str:
    if not plan.variant.cups:
        return str(texts["items"][plan.product.slug])
    cups = list(plan.variant.cups) if plan.kind != "scale" else _distinct_cups(plan.product)
    shape = texts["cups"][_cup_kind(plan.product)]["one" if len(cups) == 1 else "many"]
    return f"{shape}: {_sizes(cups)}"


def _sizes(cups: Iterable[Cup]) -> str:
    counted = Counter(cup.diameter for cup in cups)
    if sum(counted.values()) == 1:
        return f"{next(iter(counted)):g} mm"
    return ", ".join(f"{count} × {size:g} mm" for size, count in sorted(counted.items(), reverse=True))


def _distinct_cups(product: Product) -> list[Cup]:
    return list({cup.diameter: cup for variant in product.variants for cup in variant.cups}.values())


def _extra_keys(plan: Plan) -> list[str]:
    """Keys of what else the picture shows: the tools in a hero, everything that is packed in a box picture."""
    product = plan.product
    if plan.kind == "scale" or not plan.variant.cups:
        return []
    tools = ["hand pump"] if product.has_in_box("hand pump") else []
    tools += ["hose"] if has_hose(product, plan.variant) else []
    if plan.kind == "hero":
        return tools
    packaging_keys = ("spare valves", "cotton pouch", "round tin", "lined box")
    return tools + [key for key in packaging_keys if product.has_in_box(key)]


def has_hose(product: Product, variant: Variant) -> bool:
    """Whether this variant includes the hose: some products always do, in others it is an option of the set size."""
    if product.has_in_box("hose, if chosen"):
        return "hose" in variant.attributes.get("set-size", "")
    return product.has_in_box("hose")


def _closeup_key(plan: Plan) -> str:
    """Key of the close-up text. Silicone sets of more than two cups are shown from outside, others from inside."""
    kind = _cup_kind(plan.product)
    return "silicone-set" if kind == "silicone" and len(plan.variant.cups) > 2 else kind


def _cup_kind(product: Product) -> str:
    if product.category == "accessories":
        return product.slug
    return "bulb" if "bulb" in product.suction.lower() else product.category


@cache
def _texts() -> Mapping[str, Any]:
    return tomllib.loads((Path(__file__).parent / "alt.toml").read_text(encoding="utf-8"))
