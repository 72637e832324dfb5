"""Attributes, product types, categories, collections."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing, repeated
from store.seed.read.file_models import Attribute, Swatch
from store.seed.read.problems import Problem

WITH_VALUES = ("dropdown", "multiselect", "swatch")
PICKABLE = ("dropdown", "swatch")


def check(catalogue: Catalogue) -> Iterator[Problem]:
    yield from repeated(
        catalogue.sheets["page_types"], "page_types", "page type", (p.slug for p in catalogue.page_types)
    )
    yield from _attributes(catalogue)
    yield from _product_types(catalogue)
    yield from repeated(
        catalogue.sheets["categories"], "categories", "category", (c.slug for c in catalogue.categories)
    )
    yield from _collections(catalogue)


def _attributes(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["attributes"]
    yield from repeated(sheet, "attributes", "attribute", (a.slug for a in catalogue.attributes))
    page_types = {p.slug for p in catalogue.page_types}
    for index, attribute in enumerate(catalogue.attributes):
        place = ("attributes", index, "values")
        if what := _wrong_values(attribute):
            yield sheet.problem(place, f"the attribute `{attribute.slug}` {what[0]}", what[1])
        names = attribute.value_names
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield sheet.problem(place, f"the value `{name}` stands twice", "Remove one of them")
        if attribute.input in ("page", "pages"):
            yield from missing(
                sheet, ("attributes", index, "page_type"), "page type", attribute.page_type or "", page_types
            )


def _wrong_values(attribute: Attribute) -> tuple[str, str] | None:
    swatches = any(isinstance(value, Swatch) for value in attribute.values)
    if attribute.input not in WITH_VALUES and attribute.values:
        return f"is {attribute.input} and cannot have a list of values", "Remove `values` or change `input`"
    if attribute.input in WITH_VALUES and not attribute.values:
        return "has no values", 'Add them: values = ["…"]'
    if swatches != (attribute.input == "swatch"):
        return "mixes up colours and words", 'A swatch has values like { name = "Teal", hex = "#2f7d78" }'
    return None


def _product_types(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["product_types"]
    yield from repeated(sheet, "product_types", "product type", (t.slug for t in catalogue.product_types))
    attributes = {a.slug: a for a in catalogue.attributes}
    tax_classes = {c.name for c in catalogue.taxes.classes}
    for index, one in enumerate(catalogue.product_types):
        place = ("product_types", index)
        yield from missing(sheet, (*place, "tax_class"), "tax class", one.tax_class, tax_classes)
        for key, names in (("product", one.product), ("variant", one.variant)):
            for name in names:
                yield from missing(sheet, (*place, key), "attribute", name, attributes)
        for name in one.required:
            yield from missing(sheet, (*place, "required"), f"attribute in `{one.slug}`", name, one.product)
        for name in one.variant:
            if name in attributes and attributes[name].input not in PICKABLE:
                what = f"a shopper cannot pick by `{name}`, which is {attributes[name].input}"
                yield sheet.problem((*place, "variant"), what, "Make it a dropdown or a swatch")


def _collections(catalogue: Catalogue) -> Iterator[Problem]:
    sheet = catalogue.sheets["collections"]
    yield from repeated(sheet, "collections", "collection", (c.slug for c in catalogue.collections))
    channels = {c.slug for c in catalogue.channels}
    for index, collection in enumerate(catalogue.collections):
        for name in collection.channels:
            yield from missing(sheet, ("collections", index, "channels"), "channel", name, channels)
