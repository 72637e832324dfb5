"""Variants: unique SKUs, and attributes by which a shopper can tell them apart."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists
from store.seed.read.file_models import Product
from store.seed.read.problems import Problem
from store.seed.read.toml import SourceFile

BOX_CONTENTS = "variant-box-contents"


def check(catalog: Catalog) -> Iterator[Problem]:
    first_use: dict[str, str] = {}
    for product in catalog.products:
        source = catalog.sources.get(f"products/{product.slug}")
        if source is None:
            continue
        for index, variant in enumerate(product.variants):
            first_user = first_use.setdefault(variant.sku, f"{product.slug}[{index}]")
            if first_user != f"{product.slug}[{index}]":
                what = f"the SKU `{variant.sku}` is already used in {first_user.partition('[')[0]}.toml"
                yield source.problem(("variants", index, "sku"), what, "Give each variant a SKU of its own")
        yield from _attributes(catalog, source, product)
        yield from _indistinguishable(source, product)
        for index in range(len(product.variants)):
            yield from _facts(catalog, source, product, index)


def _attributes(catalog: Catalog, source: SourceFile, product: Product) -> Iterator[Problem]:
    product_type = next((t for t in catalog.product_types if t.slug == product.product_type), None)
    known = {a.slug: a for a in catalog.attributes}
    for index, variant in enumerate(product.variants):
        key_path = ("variants", index, "attributes")
        for name, value in variant.attributes.items():
            if product_type:
                yield from check_exists(
                    source,
                    key_path,
                    f"variant attribute in `{product_type.slug}`",
                    name,
                    product_type.variant,
                )
            if name in known:
                yield from check_exists(
                    source, key_path, f"value of `{name}`", value, known[name].value_names
                )


def _facts(catalog: Catalog, source: SourceFile, product: Product, index: int) -> Iterator[Problem]:
    """Facts that the product type does not have for its variants, values that are not known, cups that disagree."""
    variant = product.variants[index]
    key_path = ("variants", index, "facts")
    product_type = next((t for t in catalog.product_types if t.slug == product.product_type), None)
    known = {a.slug: a for a in catalog.attributes}
    for name, value in variant.own_facts.items():
        if product_type:
            kind = f"variant fact in `{product_type.slug}`"
            yield from check_exists(source, key_path, kind, name, product_type.variant_facts)
        for item in value if isinstance(value, list) and name in known else []:
            yield from check_exists(source, key_path, f"value of `{name}`", item, known[name].value_names)
    box = _cups_in_box(str(variant.facts.get(BOX_CONTENTS, "")))
    cups: Counter[int] = Counter()
    for cup in variant.cups or product.cups:
        cups[cup.diameter_mm] += cup.quantity
    if box and box != cups:
        what = f"the box of `{variant.sku}` holds {_spoken(box)}, its `cups` are {_spoken(cups)}"
        yield source.problem(key_path, what, "Make the two agree")


def _cups_in_box(text: str) -> dict[int, int]:
    """Number by diameter in mm, from lines such as "4 cups, 60 mm" or "1 glass cup, 40 mm"."""
    lines = re.findall(r"^(\d+) (?:\w+ )?cups?, (\d+) mm$", text, re.MULTILINE)
    return {int(diameter): int(quantity) for quantity, diameter in lines}


def _spoken(cups: Mapping[int, int]) -> str:
    return ", ".join(f"{quantity} of {diameter} mm" for diameter, quantity in sorted(cups.items()))


def _indistinguishable(source: SourceFile, product: Product) -> Iterator[Problem]:
    """Variants of a product with equal attributes, or with different sets of them; Saleor would accept both."""
    sku_by_attributes: dict[frozenset[tuple[str, str]], str] = {}
    names = set(product.variants[0].attributes)
    for index, variant in enumerate(product.variants):
        key_path = ("variants", index, "attributes")
        if set(variant.attributes) != names:
            what = (
                f"`{variant.sku}` is picked by {sorted(variant.attributes)}, the first one by {sorted(names)}"
            )
            yield source.problem(key_path, what, "Use the same attributes on every variant of a product")
        other_sku = sku_by_attributes.setdefault(frozenset(variant.attributes.items()), variant.sku)
        if other_sku != variant.sku:
            what = f"`{variant.sku}` and `{other_sku}` have the same attributes"
            yield source.problem(key_path, what, "Change one, so that a shopper can choose")
