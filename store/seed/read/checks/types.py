"""Page types, attributes, product types, categories, collections."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists, check_unique
from store.seed.read.file_models import Attribute, Swatch
from store.seed.read.problems import Problem

WITH_VALUES = ("dropdown", "multiselect", "swatch")
SELECTABLE = ("dropdown", "swatch")


def check(catalog: Catalog) -> Iterator[Problem]:
    yield from check_unique(
        catalog.sources["page_types"], "page_types", "page type", (p.slug for p in catalog.page_types)
    )
    yield from _attributes(catalog)
    yield from _product_types(catalog)
    yield from check_unique(
        catalog.sources["categories"], "categories", "category", (c.slug for c in catalog.categories)
    )
    yield from _collections(catalog)


def _attributes(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["attributes"]
    yield from check_unique(source, "attributes", "attribute", (a.slug for a in catalog.attributes))
    page_types = {p.slug for p in catalog.page_types}
    for index, attribute in enumerate(catalog.attributes):
        key_path = ("attributes", index, "values")
        if values_problem := _values_problem(attribute):
            yield source.problem(
                key_path, f"the attribute `{attribute.slug}` {values_problem[0]}", values_problem[1]
            )
        names = attribute.value_names
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield source.problem(key_path, f"the value `{name}` stands twice", "Remove one of them")
        if attribute.input in ("page", "pages"):
            yield from check_exists(
                source, ("attributes", index, "page_type"), "page type", attribute.page_type or "", page_types
            )


def _values_problem(attribute: Attribute) -> tuple[str, str] | None:
    swatches = any(isinstance(value, Swatch) for value in attribute.values)
    if attribute.input not in WITH_VALUES and attribute.values:
        return f"is {attribute.input} and cannot have a list of values", "Remove `values` or change `input`"
    if attribute.input in WITH_VALUES and not attribute.values:
        return "has no values", 'Add them: values = ["…"]'
    if swatches != (attribute.input == "swatch"):
        return "mixes up colours and words", 'A swatch has values like { name = "Teal", hex = "#2f7d78" }'
    return None


def _product_types(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["product_types"]
    yield from check_unique(source, "product_types", "product type", (t.slug for t in catalog.product_types))
    attributes = {a.slug: a for a in catalog.attributes}
    tax_classes = {c.name for c in catalog.taxes.classes}
    for index, product_type in enumerate(catalog.product_types):
        key_path = ("product_types", index)
        yield from check_exists(
            source, (*key_path, "tax_class"), "tax class", product_type.tax_class, tax_classes
        )
        names_by_key = {
            "product": product_type.product,
            "variant": product_type.variant,
            "variant_facts": product_type.variant_facts,
        }
        for key, names in names_by_key.items():
            for name in names:
                yield from check_exists(source, (*key_path, key), "attribute", name, attributes)
        for name in product_type.required:
            yield from check_exists(
                source,
                (*key_path, "required"),
                f"attribute in `{product_type.slug}`",
                name,
                product_type.product,
            )
        for name in product_type.variant:
            if name in attributes and attributes[name].input not in SELECTABLE:
                values_problem = f"a shopper cannot pick by `{name}`, which is {attributes[name].input}"
                yield source.problem((*key_path, "variant"), values_problem, "Make it a dropdown or a swatch")


def _collections(catalog: Catalog) -> Iterator[Problem]:
    source = catalog.sources["collections"]
    yield from check_unique(source, "collections", "collection", (c.slug for c in catalog.collections))
    channels = {c.slug for c in catalog.channels}
    for index, collection in enumerate(catalog.collections):
        for name in collection.channels:
            yield from check_exists(source, ("collections", index, "channels"), "channel", name, channels)
