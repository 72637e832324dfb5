"""Products: what they are, what is said of them, which guides belong to them."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing
from store.seed.read.file_models import Attribute, Product
from store.seed.read.problems import Problem
from store.seed.read.toml import Sheet

LONGEST_PARKED = 5  # minutes; a product may be stricter than the guides, never looser


def check(catalogue: Catalogue) -> Iterator[Problem]:
    if not catalogue.products:
        yield catalogue.sheets["shop"].problem(
            (), "there is no product", "Add a file in catalog_seed/products/"
        )
    for product in catalogue.products:
        sheet = catalogue.sheets[f"products/{product.slug}"] if _well_named(catalogue, product) else None
        if sheet is None:
            yield _misnamed(catalogue, product)
            continue
        yield from _relations(catalogue, sheet, product)
        yield from _attributes(catalogue, sheet, product)
        yield from _materials(catalogue, sheet, product)
        yield from _measures(sheet, product)


def _well_named(catalogue: Catalogue, product: Product) -> bool:
    sheet = catalogue.sheets.get(f"products/{product.slug}")
    return sheet is not None and sheet.data.get("slug") == product.slug


def _misnamed(catalogue: Catalogue, product: Product) -> Problem:
    sheet = next(s for s in catalogue.sheets.values() if s.data.get("slug") == product.slug)
    what = f"the file holds the product `{product.slug}`"
    return sheet.problem(("slug",), what, f"Name the file {product.slug}.toml, or change the slug")


def _relations(catalogue: Catalogue, sheet: Sheet, product: Product) -> Iterator[Problem]:
    types = {t.slug for t in catalogue.product_types}
    categories = {c.slug for c in catalogue.categories}
    collections = {c.slug for c in catalogue.collections}
    yield from missing(sheet, ("product_type",), "product type", product.product_type, types)
    yield from missing(sheet, ("category",), "category", product.category, categories)
    for name in product.collections:
        yield from missing(sheet, ("collections",), "collection", name, collections)


def _attributes(catalogue: Catalogue, sheet: Sheet, product: Product) -> Iterator[Problem]:
    kind = next((t for t in catalogue.product_types if t.slug == product.product_type), None)
    if kind is None:
        return
    known = {a.slug: a for a in catalogue.attributes}
    for name in product.attributes:
        yield from missing(sheet, ("attributes", name), f"attribute in `{kind.slug}`", name, kind.product)
        if name in kind.product and name in known:
            yield from _value(catalogue, sheet, product, known[name])
    for name in kind.required:
        if product.attributes.get(name) in (None, "", []):
            what = f"`{product.slug}` does not say its `{name}`"
            yield sheet.problem(("attributes",), what, f"Every {kind.slug} must: add `{name}`")


def _value(catalogue: Catalogue, sheet: Sheet, product: Product, attribute: Attribute) -> Iterator[Problem]:
    place = ("attributes", attribute.slug)
    value = product.attributes[attribute.slug]
    wanted = {"numeric": int, "multiselect": list, "pages": list}.get(attribute.input, str)
    if not isinstance(value, wanted) or isinstance(value, bool):
        words = {int: "a whole number", list: 'a list: ["…"]', str: 'a text: "…"'}[wanted]
        yield sheet.problem(place, f"`{attribute.slug}` = {value!r} does not fit", f"It takes {words}")
        return
    names = value if isinstance(value, list) else [str(value)]
    if attribute.input in ("dropdown", "multiselect"):
        for name in names:
            yield from missing(sheet, place, f"value of `{attribute.slug}`", name, attribute.value_names)
    if attribute.input in ("page", "pages"):
        slugs = {page.slug for page in catalogue.pages if page.page_type == attribute.page_type}
        for name in names:
            yield from missing(sheet, place, f"{attribute.page_type} in guides/", name, slugs)


def _materials(catalogue: Catalogue, sheet: Sheet, product: Product) -> Iterator[Problem]:
    """Whoever buys glass must not get the insert, or a guide, of silicone."""
    made_of = str(product.attributes.get("material", "")).lower()
    pages = {page.slug: page for page in catalogue.pages}
    if not any(made_of in page.materials for page in catalogue.pages):
        return
    for key in ("guides", "safety-insert"):
        value = product.attributes.get(key, [])
        for slug in value if isinstance(value, list) else [str(value)]:
            suits = pages[slug].materials if slug in pages else ()
            if suits and made_of not in suits:
                what = f"`{slug}` is for {' and '.join(suits)}, `{product.slug}` is made of {made_of}"
                yield sheet.problem(("attributes", key), what, f"Name the one for {made_of}")


def _measures(sheet: Sheet, product: Product) -> Iterator[Problem]:
    parked = product.attributes.get("max-parked-minutes")
    if isinstance(parked, int) and not 1 <= parked <= LONGEST_PARKED:
        advice = f"Use 1 to {LONGEST_PARKED}: no product may be looser than the guides"
        yield sheet.problem(("attributes", "max-parked-minutes"), f"{parked} minutes in one place", advice)
    told = product.attributes.get("cup-diameters")
    boxes = [product.cups, *(variant.cups for variant in product.variants)]
    cut = {f"{cup.diameter_mm} mm" for box in boxes for cup in box}
    if isinstance(told, list) and cut and cut != set(told):
        what = f"`cup-diameters` says {sorted(told)}, the cups measure {sorted(cut)}"
        yield sheet.problem(("attributes", "cup-diameters"), what, "Make the two agree")
    count = sum(cup.quantity for cup in product.cups)
    if product.cups and product.attributes.get("cup-count") != count:
        what = f"`cup-count` says {product.attributes.get('cup-count')}, [[cups]] adds up to {count}"
        yield sheet.problem(("attributes", "cup-count"), what, "Make the two agree")
