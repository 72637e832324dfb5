"""The files against each other: what no single file can know. Each check yields every problem it sees."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalogue
from store.seed.read.checks import channels, claims, images, menus, prices, products, types, variants
from store.seed.read.problems import Problem

ALL = (
    channels.check,
    types.check,
    menus.check,
    products.check,
    variants.check,
    prices.check,
    images.check,
    claims.check,
)


def check(catalogue: Catalogue) -> Iterator[Problem]:
    for one in ALL:
        yield from one(catalogue)
