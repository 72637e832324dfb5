"""Which set a product is shown in. Needs neither renderer nor numpy, so that the alternative texts can name it."""

from enum import StrEnum

from catalog_seed.studio.catalog import Product


class TableSet(StrEnum):
    """The values are the keys of the sets in alt.toml."""

    TOWELS = "towels"
    BOARD = "board"
    CLOTH = "cloth"


def table_set(product: Product, color: str) -> TableSet:
    """Each product stands out from what is behind it.

    Coloured silicone stands before folded towels, glass, oil and clear silicone on oak, what comes with a pump and
    white valves on a dark cloth.
    """
    if product.category == "plastic" or "valves" in product.slug:
        return TableSet.CLOTH
    return TableSet.TOWELS if product.category == "silicone" and color != "Clear" else TableSet.BOARD
