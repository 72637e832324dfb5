"""Products: references, attribute values, guides and inserts that fit the material, measurements."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists
from store.seed.read.file_models import Attribute, Product
from store.seed.read.problems import Problem
from store.seed.read.toml import SourceFile

MAX_PARKED_MINUTES = 5  # a product may be stricter than the guides, never looser


def check(catalog: Catalog) -> Iterator[Problem]:
    if not catalog.products:
        yield catalog.sources["shop"].problem(
            (), "there is no product", "Add a file in catalog_seed/products/"
        )
    for product in catalog.products:
        source = (
            catalog.sources[f"products/{product.slug}"] if _is_named_after_slug(catalog, product) else None
        )
        if source is None:
            yield _misnamed_file(catalog, product)
            continue
        yield from _relations(catalog, source, product)
        yield from _attributes(catalog, source, product)
        yield from _materials(catalog, source, product)
        yield from _measurements(source, product)


def _is_named_after_slug(catalog: Catalog, product: Product) -> bool:
    source = catalog.sources.get(f"products/{product.slug}")
    return source is not None and source.data.get("slug") == product.slug


def _misnamed_file(catalog: Catalog, product: Product) -> Problem:
    source = next(s for s in catalog.sources.values() if s.data.get("slug") == product.slug)
    what = f"the file holds the product `{product.slug}`"
    return source.problem(("slug",), what, f"Name the file {product.slug}.toml, or change the slug")


def _relations(catalog: Catalog, source: SourceFile, product: Product) -> Iterator[Problem]:
    types = {t.slug for t in catalog.product_types}
    categories = {c.slug for c in catalog.categories}
    collections = {c.slug for c in catalog.collections}
    yield from check_exists(source, ("product_type",), "product type", product.product_type, types)
    yield from check_exists(source, ("category",), "category", product.category, categories)
    for name in product.collections:
        yield from check_exists(source, ("collections",), "collection", name, collections)


def _attributes(catalog: Catalog, source: SourceFile, product: Product) -> Iterator[Problem]:
    product_type = next((t for t in catalog.product_types if t.slug == product.product_type), None)
    if product_type is None:
        return
    known = {a.slug: a for a in catalog.attributes}
    for name in product.attributes:
        yield from check_exists(
            source, ("attributes", name), f"attribute in `{product_type.slug}`", name, product_type.product
        )
        if name in product_type.product and name in known:
            yield from _value(catalog, source, product, known[name])
    misspelled = any(name not in product_type.product for name in product.attributes)
    for name in product_type.required:
        if (
            product.attributes.get(name) in (None, "", []) and not misspelled
        ):  # one of them may be what is missing
            what = f"`{product.slug}` does not say its `{name}`"
            yield source.problem(("attributes",), what, f"Every {product_type.slug} must: add `{name}`")


_EXPECTED: dict[str, tuple[Any, str]] = {
    "numeric": ((int, Decimal), "a number without quotes: 60 or 2.5"),
    "multiselect": (list, 'a list: ["…"]'),
    "pages": (list, 'a list: ["…"]'),
}


def _value(catalog: Catalog, source: SourceFile, product: Product, attribute: Attribute) -> Iterator[Problem]:
    key_path = ("attributes", attribute.slug)
    value = product.attributes[attribute.slug]
    expected_type, type_hint = _EXPECTED.get(attribute.input, (str, 'a text: "…"'))
    if not isinstance(value, expected_type):
        yield source.problem(
            key_path, f"`{attribute.slug}` = {value!r} does not fit", f"It takes {type_hint}"
        )
        return
    names = value if isinstance(value, list) else [str(value)]
    if attribute.input in ("dropdown", "multiselect"):
        for name in names:
            yield from check_exists(
                source, key_path, f"value of `{attribute.slug}`", name, attribute.value_names
            )
    if attribute.input in ("page", "pages"):
        slugs = {page.slug for page in catalog.pages if page.page_type == attribute.page_type}
        for name in names:
            yield from check_exists(source, key_path, f"{attribute.page_type} in guides/", name, slugs)


def _materials(catalog: Catalog, source: SourceFile, product: Product) -> Iterator[Problem]:
    """The insert and the guides of a product must apply to its material."""
    material = str(product.attributes.get("material", "")).lower()
    pages = {page.slug: page for page in catalog.pages}
    if not material or not any(material in page.materials for page in catalog.pages):
        return
    for key in ("guides", "safety-insert"):
        value = product.attributes.get(key, [])
        for slug in value if isinstance(value, list) else [str(value)]:
            page_materials = pages[slug].materials if slug in pages else ()
            if page_materials and material not in page_materials:
                what = (
                    f"`{slug}` is for {' and '.join(page_materials)}, `{product.slug}` is made of {material}"
                )
                yield source.problem(("attributes", key), what, f"Name the one for {material}")


def _sizes(source: SourceFile, product: Product, attribute: str, measured: set[str]) -> Iterator[Problem]:
    stated = product.attributes.get(attribute)
    if isinstance(stated, list) and measured and measured != set(stated):
        what = f"`{attribute}` says {sorted(stated)}, the cups measure {sorted(measured)}"
        yield source.problem(("attributes", attribute), what, "Make the two agree")


def _measurements(source: SourceFile, product: Product) -> Iterator[Problem]:
    parked = product.attributes.get("max-parked-minutes")
    if isinstance(parked, int | Decimal) and not 1 <= parked <= MAX_PARKED_MINUTES:
        advice = f"Use 1 to {MAX_PARKED_MINUTES}: no product may be looser than the guides"
        yield source.problem(("attributes", "max-parked-minutes"), f"{parked} minutes in one place", advice)
    cups = [*product.cups, *(cup for variant in product.variants for cup in variant.cups)]
    yield from _sizes(source, product, "cup-diameters", {f"{cup.diameter_mm} mm" for cup in cups})
    yield from _sizes(source, product, "cup-heights", {f"{cup.height_mm} mm" for cup in cups})
    count = sum(cup.quantity for cup in product.cups)
    stated_count = product.attributes.get("cup-count")
    if product.cups and isinstance(stated_count, int | Decimal) and stated_count != count:
        what = f"`cup-count` says {stated_count}, [[cups]] adds up to {count}"
        yield source.problem(("attributes", "cup-count"), what, "Make the two agree")
