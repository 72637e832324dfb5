"""Reads what the pictures need from catalog_seed/products/*.toml: dimensions, variants, box contents."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

SEED = Path(__file__).resolve().parents[1]


class UnknownProduct(LookupError):
    """No file in catalog_seed/products/ has this slug."""

    def __init__(self, slug: str, known: list[str]) -> None:
        super().__init__(f"There is no product '{slug}'. Known: {', '.join(known)}.")


@dataclass(frozen=True, slots=True)
class Cup:
    """Outer rim diameter and height without bulb or valve, in mm."""

    diameter: float
    height: float


@dataclass(frozen=True, slots=True)
class Variant:
    sku: str
    attributes: Mapping[str, str]
    cups: tuple[Cup, ...]

    @property
    def color(self) -> str:
        return self.attributes.get("colour", "Clear")


@dataclass(frozen=True, slots=True)
class Product:
    """`names` are the translations of `name`, by language; `material` is empty for one without cups."""

    slug: str
    name: str
    names: Mapping[str, str]
    material: str
    category: str
    suction: str
    box_contents: tuple[str, ...]
    variants: tuple[Variant, ...]

    def has_in_box(self, text: str) -> bool:
        """Whether a line of the box contents contains `text` (lower case)."""
        return any(text in line.lower() for line in self.box_contents)


@cache
def products() -> Mapping[str, Product]:
    """All products by slug; the cups of a variant are sorted by diameter, largest first."""
    files = sorted((SEED / "products").glob("*.toml"))
    read = [_product(tomllib.loads(file.read_text(encoding="utf-8"))) for file in files]
    return {product.slug: product for product in read}


def product(slug: str) -> Product:
    """The product of this slug; raises UnknownProduct."""
    try:
        return products()[slug]
    except KeyError:
        raise UnknownProduct(slug, sorted(products())) from None


def translated_name(name: str, names: Mapping[str, str], language: str) -> str:
    """A name in this language: the product's own translation, else that of the whole catalogue, else the English."""
    return names.get(language) or _catalogue_names(language).get(name, name)


@cache
def _catalogue_names(language: str) -> Mapping[str, str]:
    file = SEED / "translations" / f"{language}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))["names"] if file.exists() else {}


def _product(data: Mapping[str, Any]) -> Product:
    attributes = data["attributes"]
    contents = tuple(line for line in attributes.get("box-contents", "").splitlines() if line)
    return Product(
        slug=data["slug"],
        name=data["name"],
        names={code: texts["name"] for code, texts in data.get("translations", {}).items()},
        material=attributes.get("material", ""),
        category=data["category"],
        suction=attributes.get("suction-method", ""),
        box_contents=contents,
        variants=tuple(_variant(row, data.get("cups", [])) for row in data["variants"]),
    )


def _variant(row: Mapping[str, Any], shared: list[Mapping[str, Any]]) -> Variant:
    cups = [
        Cup(cup["diameter_mm"], cup["height_mm"])
        for cup in row.get("cups", shared)
        for _ in range(cup["quantity"])
    ]
    cups.sort(key=lambda cup: -cup.diameter)
    return Variant(row["sku"], row.get("attributes", {}), tuple(cups))
