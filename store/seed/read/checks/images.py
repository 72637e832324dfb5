"""Pictures: each file opens, each has words for those who cannot see it."""

from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from store.seed.read.catalog import Catalogue
from store.seed.read.checks.unique_names import missing
from store.seed.read.file_models import Picture
from store.seed.read.problems import Problem

LANGUAGES = ("en", "de", "es")
LONGEST_ALT = 250  # what Saleor keeps


def check(catalogue: Catalogue) -> Iterator[Problem]:
    if "pictures" not in catalogue.sheets or not catalogue.pictures:
        return  # none made yet, or their list is broken and already reported
    files = [picture.file for picture in catalogue.pictures]
    for index, picture in enumerate(catalogue.pictures):
        if files.index(picture.file) != index:
            what = f"the file {picture.file} stands twice"
            yield catalogue.sheets["pictures"].problem(
                ("pictures", index, "file"), what, "Remove one of them"
            )
        yield from _one(catalogue, index, picture)


def _one(catalogue: Catalogue, index: int, picture: Picture) -> Iterator[Problem]:
    sheet = catalogue.sheets["pictures"]
    place = ("pictures", index)
    products = {product.slug: product for product in catalogue.products}
    yield from missing(sheet, (*place, "product"), "product", picture.product, products)
    if product := products.get(picture.product):
        skus = {variant.sku for variant in product.variants}
        for sku in picture.variants:
            yield from missing(sheet, (*place, "variants"), f"variant of `{product.slug}`", sku, skus)
    for language in LANGUAGES:
        if language not in picture.alt:
            yield sheet.problem(
                (*place, "alt"), f"{picture.file} has no alt text in `{language}`", "Describe it"
            )
        elif len(picture.alt[language]) > LONGEST_ALT:
            what = f"the alt text in `{language}` has {len(picture.alt[language])} characters"
            yield sheet.problem((*place, "alt"), what, f"Keep to {LONGEST_ALT}")
    yield from _file(catalogue, index, picture)


def _file(catalogue: Catalogue, index: int, picture: Picture) -> Iterator[Problem]:
    sheet = catalogue.sheets["pictures"]
    path = catalogue.picture_path(picture)
    place = ("pictures", index, "file")
    if not path.is_file():
        yield sheet.problem(
            place, f"the picture {picture.file} is missing", "Put the file there or drop the entry"
        )
        return
    try:
        with Image.open(path) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError):
        yield sheet.problem(place, f"{picture.file} is no picture that can be opened", "Make the file again")
