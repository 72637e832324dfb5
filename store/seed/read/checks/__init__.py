"""The files against each other: what no single file can know. Each check yields every problem it sees."""

from collections.abc import Iterator

from store.seed.read.catalogue import Catalogue
from store.seed.read.checks import menus, pictures, places, prices, products, types, variants, words
from store.seed.read.problems import Problem

ALL = (
    places.check,
    types.check,
    menus.check,
    products.check,
    variants.check,
    prices.check,
    pictures.check,
    words.check,
)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    for one in ALL:
        yield from one(catalogue)
