"""Pictures: each file can be opened, each has alternative texts."""

from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from store.seed.read.catalog import Catalog
from store.seed.read.checks.unique_names import check_exists
from store.seed.read.file_models import Picture
from store.seed.read.problems import Problem

LANGUAGES = ("en", "de", "es")
MAX_ALT_LENGTH = 250  # characters; the length of Saleor's field


def check(catalog: Catalog) -> Iterator[Problem]:
    if "pictures" not in catalog.sources or not catalog.pictures:
        return  # none yet, or their list is invalid and reported already
    files = [picture.file for picture in catalog.pictures]
    for index, picture in enumerate(catalog.pictures):
        if files.index(picture.file) != index:
            what = f"the file {picture.file} stands twice"
            yield catalog.sources["pictures"].problem(("pictures", index, "file"), what, "Remove one of them")
        yield from _picture(catalog, index, picture)


def _picture(catalog: Catalog, index: int, picture: Picture) -> Iterator[Problem]:
    source = catalog.sources["pictures"]
    key_path = ("pictures", index)
    products = {product.slug: product for product in catalog.products}
    yield from check_exists(source, (*key_path, "product"), "product", picture.product, products)
    if product := products.get(picture.product):
        skus = {variant.sku for variant in product.variants}
        for sku in picture.variants:
            yield from check_exists(
                source, (*key_path, "variants"), f"variant of `{product.slug}`", sku, skus
            )
    for language in LANGUAGES:
        if language not in picture.alt:
            yield source.problem(
                (*key_path, "alt"), f"{picture.file} has no alt text in `{language}`", "Describe it"
            )
        elif len(picture.alt[language]) > MAX_ALT_LENGTH:
            what = f"the alt text in `{language}` has {len(picture.alt[language])} characters"
            yield source.problem((*key_path, "alt"), what, f"Keep to {MAX_ALT_LENGTH}")
    yield from _file(catalog, index, picture)


def _file(catalog: Catalog, index: int, picture: Picture) -> Iterator[Problem]:
    source = catalog.sources["pictures"]
    path = catalog.picture_path(picture)
    key_path = ("pictures", index, "file")
    if not path.is_file():
        yield source.problem(
            key_path, f"the picture {picture.file} is missing", "Put the file there or drop the entry"
        )
        return
    try:
        with Image.open(path) as image:
            image.verify()
    except (UnidentifiedImageError, OSError, SyntaxError):
        yield source.problem(
            key_path, f"{picture.file} is no picture that can be opened", "Make the file again"
        )
