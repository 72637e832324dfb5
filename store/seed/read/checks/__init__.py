"""Checks of the files against each other. Each yields all problems that it finds."""

from collections.abc import Iterator

from store.seed.read.catalog import Catalog
from store.seed.read.checks import (
    channels,
    claims,
    images,
    menus,
    prices,
    products,
    translations,
    types,
    variants,
)
from store.seed.read.problems import Problem

CHECKS = (
    channels.check,
    types.check,
    menus.check,
    products.check,
    variants.check,
    prices.check,
    images.check,
    claims.check,
    translations.check,
)


def check_catalog(catalog: Catalog) -> Iterator[Problem]:
    """The problems of all checks."""
    for run_check in CHECKS:
        yield from run_check(catalog)
