"""Which pictures a product has: one hero for each look, then close-up, box and scale."""

import re
from dataclasses import dataclass

from catalog_seed.studio.catalog import Product, Variant

LOOKS_DIFFERENT = ("colour", "size", "set-size")  # firmness does not


class UnknownShot(LookupError):
    """Asked for a picture this product does not have."""

    def __init__(self, product: Product, shot: str, known: list[str]) -> None:
        super().__init__(f"'{product.slug}' has no shot '{shot}'. Known: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Plan:
    """One picture to make: which variant is shown, and whose picture it is."""

    product: Product
    shot: str
    variant: Variant
    skus: tuple[str, ...]

    @property
    def kind(self) -> str:
        return self.shot.split("-")[0]

    @property
    def path(self) -> str:
        return f"{self.product.slug}/{self.shot}.webp"


def plans(product: Product) -> dict[str, Plan]:
    """Every picture of a product by shot name, heroes first."""
    made: dict[str, Plan] = {}
    for look, variants in _by_look(product).items():
        shot = "hero" if not made else f"hero-{look}"
        made[shot] = Plan(product, shot, variants[0], tuple(v.sku for v in variants))
    shown = made["hero"].variant
    theirs = {
        "closeup": tuple(v.sku for v in product.variants if v.colour == shown.colour),
        "box": made["hero"].skus,  # other sizes have other contents
        "scale": tuple(v.sku for v in product.variants),
    }
    return made | {shot: Plan(product, shot, shown, skus) for shot, skus in theirs.items()}


def plan(product: Product, shot: str) -> Plan:
    known = plans(product)
    if shot not in known:
        raise UnknownShot(product, shot, list(known))
    return known[shot]


def _by_look(product: Product) -> dict[str, list[Variant]]:
    looks: dict[str, list[Variant]] = {}
    for variant in product.variants:
        values = [variant.attributes[key] for key in LOOKS_DIFFERENT if key in variant.attributes]
        looks.setdefault(_slug(" ".join(values)) or "plain", []).append(variant)
    return looks


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")
