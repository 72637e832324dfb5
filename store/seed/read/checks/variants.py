"""Variants: one SKU each, told apart by what a shopper can pick."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing
from store.seed.read.file_models import Product
from store.seed.read.problems import Problem
from store.seed.read.toml import Sheet


def check(catalogue: Catalogue) -> Iterator[Problem]:
    first_use: dict[str, str] = {}
    for product in catalogue.products:
        sheet = catalogue.sheets.get(f"products/{product.slug}")
        if sheet is None:
            continue
        for index, variant in enumerate(product.variants):
            owner = first_use.setdefault(variant.sku, f"{product.slug}[{index}]")
            if owner != f"{product.slug}[{index}]":
                what = f"the SKU `{variant.sku}` is already used in {owner.partition('[')[0]}.toml"
                yield sheet.problem(("variants", index, "sku"), what, "Give each variant a SKU of its own")
        yield from _attributes(catalogue, sheet, product)
        yield from _alike(sheet, product)


def _attributes(catalogue: Catalogue, sheet: Sheet, product: Product) -> Iterator[Problem]:
    kind = next((t for t in catalogue.product_types if t.slug == product.product_type), None)
    known = {a.slug: a for a in catalogue.attributes}
    for index, variant in enumerate(product.variants):
        place = ("variants", index, "attributes")
        for name, value in variant.attributes.items():
            if kind:
                yield from missing(sheet, place, f"variant attribute in `{kind.slug}`", name, kind.variant)
            if name in known:
                yield from missing(sheet, place, f"value of `{name}`", value, known[name].value_names)


def _alike(sheet: Sheet, product: Product) -> Iterator[Problem]:
    """A shopper could not tell these apart; Saleor would take them without a word."""
    picks: dict[frozenset[tuple[str, str]], str] = {}
    names = set(product.variants[0].attributes)
    for index, variant in enumerate(product.variants):
        place = ("variants", index, "attributes")
        if set(variant.attributes) != names:
            what = (
                f"`{variant.sku}` is picked by {sorted(variant.attributes)}, the first one by {sorted(names)}"
            )
            yield sheet.problem(place, what, "Use the same attributes on every variant of a product")
        twin = picks.setdefault(frozenset(variant.attributes.items()), variant.sku)
        if twin != variant.sku:
            what = f"`{variant.sku}` and `{twin}` have the same attributes"
            yield sheet.problem(place, what, "Change one, so that a shopper can choose")
