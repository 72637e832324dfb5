"""The health-claims check of the guidebook, over every word that a shopper reads in the catalogue."""

from collections.abc import Iterator

from store.guidebook import wording
from store.seed.read.catalog import Catalogue
from store.seed.read.problems import Problem
from store.seed.read.toml import Place, Sheet

Line = tuple[Sheet, Place, str, str]  # where it stands, its language, the words


def check(catalogue: Catalogue) -> Iterator[Problem]:
    for sheet, place, language, text in _lines(catalogue):
        for finding in wording.check(text, lang=language):
            what = f"`{finding.words}` claims what may not be claimed ({finding.id}): {finding.marked.rstrip('.')}"
            yield sheet.problem(place, what, "Say what it is, how it feels or how to clean it instead")


def _lines(catalogue: Catalogue) -> Iterator[Line]:
    yield catalogue.sheets["shop"], ("description",), "en", catalogue.shop.description
    for index, category in enumerate(catalogue.categories):
        sheet = catalogue.sheets["categories"]
        yield sheet, ("categories", index, "description"), "en", category.description
        yield sheet, ("categories", index, "seo"), "en", f"{category.seo.title}. {category.seo.description}"
    for index, collection in enumerate(catalogue.collections):
        place = ("collections", index, "description")
        yield catalogue.sheets["collections"], place, "en", collection.description
    yield from _product_lines(catalogue)
    for index, picture in enumerate(catalogue.pictures):
        for language, text in picture.alt.items():
            yield catalogue.sheets["pictures"], ("pictures", index, "alt"), language, text


def _product_lines(catalogue: Catalogue) -> Iterator[Line]:
    for product in catalogue.products:
        sheet = catalogue.sheets.get(f"products/{product.slug}")
        if sheet is None:
            continue
        yield sheet, ("name",), "en", product.name
        yield sheet, ("description",), "en", product.description
        yield sheet, ("seo",), "en", f"{product.seo.title}. {product.seo.description}"
        yield sheet, ("attributes", "box-contents"), "en", str(product.attributes.get("box-contents", ""))
        for language, words in product.translations.items():
            place = ("translations", language)
            text = f"{words.name}. {words.description} {words.seo.title}. {words.seo.description}"
            yield sheet, place, language, text
