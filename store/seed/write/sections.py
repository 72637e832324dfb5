"""The order in which Saleor wants it, and the walk through it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Protocol

from store.saleor.client.client import Client
from store.seed.read import Catalogue
from store.seed.write import (
    categories_collections,
    media,
    menus,
    pages,
    products,
    shipping,
    shop,
    taxes,
    types,
)
from store.seed.write.context import Bench
from store.seed.write.existing_ids import look_up
from store.seed.write.variants import reset_stock


@dataclass(frozen=True, slots=True)
class Section:
    """`size` says how often `write` will yield, so that the bar knows its length."""

    name: str
    size: Callable[[Catalogue], int]
    write: Callable[[Bench, Catalogue], Iterator[str]]


class Progress(Protocol):
    def begin(self, total: int) -> None: ...
    def step(self, section: str, label: str) -> None: ...
    def end(self) -> None: ...


SECTIONS = (
    Section("settings", lambda c: 1, shop.write_settings),
    Section("warehouses", lambda c: len(c.warehouses), shop.write_warehouses),
    Section("channels", lambda c: len(c.channels), shop.write_channels),
    Section("taxes", lambda c: len(c.taxes.classes) + len(c.taxes.channels), taxes.write_taxes),
    Section("shipping", lambda c: len(c.zones), shipping.write_shipping),
    Section(
        "types",
        lambda c: len(c.page_types) + len(c.attributes) + len(c.product_types),
        types.write_types,
    ),
    Section("pages", lambda c: len(c.pages), pages.write_pages),
    Section(
        "shelves", lambda c: len(c.categories) + len(c.collections), categories_collections.write_shelves
    ),
    Section("products", lambda c: len(c.products), products.write_products),
    Section("pictures", lambda c: len(c.pictures), media.write_pictures),
    Section("menus", lambda c: len(c.menus), menus.write_menus),
)


def seed(
    client: Client,
    catalogue: Catalogue,
    progress: Progress,
    *,
    only: Collection[str] = (),
    stock: bool = False,
) -> Counter[str]:
    """Bring the shop to the state of the files; says how many things were created, updated, left unchanged.

    `only` names sections; `stock` also sets every quantity back to what the files say.
    """
    sections = [one for one in SECTIONS if not only or one.name in only]
    bench = Bench(client)
    if not only:
        bench.ledger.start()
    look_up(bench)
    progress.begin(sum(one.size(catalogue) for one in sections))
    try:
        for section in sections:
            for label in section.write(bench, catalogue):
                progress.step(section.name, label)
            bench.ledger.save()
        if stock:
            for product in catalogue.products:
                reset_stock(bench, product)
    finally:
        bench.ledger.save()
        progress.end()
    if not only:
        bench.ledger.finish()
    return bench.tally
