"""Which pictures a product has: one hero for each appearance, then close-up, use (some), box and scale."""

import re
from dataclasses import dataclass

from catalog_seed.studio.catalog import Product, Variant

# The products that show how a cup holds, one for each way of making suction.
SHOWN_IN_USE = ("silicone-starter-set", "glass-bulb-set", "pump-starter-set")
APPEARANCE_ATTRIBUTES = ("colour", "size", "set-size")  # firmness is not visible


class UnknownShot(LookupError):
    """The product does not have this shot."""

    def __init__(self, product: Product, shot: str, known: list[str]) -> None:
        super().__init__(f"'{product.slug}' has no shot '{shot}'. Known: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Plan:
    """A picture to render: `variant` is shown in it, `skus` are the variants that look like it."""

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
    plans_by_shot: dict[str, Plan] = {}
    for appearance, variants in _by_appearance(product).items():
        shot = "hero" if not plans_by_shot else f"hero-{appearance}"
        plans_by_shot[shot] = Plan(product, shot, variants[0], tuple(v.sku for v in variants))
    shown = plans_by_shot["hero"].variant
    same_color = tuple(v.sku for v in product.variants if v.color == shown.color)
    skus_by_shot = {
        "closeup": same_color,
        **({"use": same_color} if product.slug in SHOWN_IN_USE else {}),
        "box": plans_by_shot["hero"].skus,  # other sizes have other contents
        "scale": tuple(v.sku for v in product.variants),
    }
    return plans_by_shot | {shot: Plan(product, shot, shown, skus) for shot, skus in skus_by_shot.items()}


def plan(product: Product, shot: str) -> Plan:
    """The plan of one shot; raises UnknownShot."""
    known = plans(product)
    if shot not in known:
        raise UnknownShot(product, shot, list(known))
    return known[shot]


def _by_appearance(product: Product) -> dict[str, list[Variant]]:
    appearances: dict[str, list[Variant]] = {}
    for variant in product.variants:
        values = [variant.attributes[key] for key in APPEARANCE_ATTRIBUTES if key in variant.attributes]
        appearances.setdefault(_slug(" ".join(values)) or "plain", []).append(variant)
    return appearances


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
