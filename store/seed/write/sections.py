"""The sections of the seed in their order, and the function that runs them."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from store.saleor.client.client import Client
from store.seed.read import Catalog
from store.seed.write import (
    categories_collections,
    media,
    menus,
    pages,
    products,
    shipping,
    shop,
    taxes,
    translations,
    types,
)
from store.seed.write.context import SeedContext
from store.seed.write.existing_ids import load_existing_ids
from store.seed.write.variants import reset_stock


@dataclass(frozen=True, slots=True)
class Section:
    """`size` is the number of times that `write` yields, for the progress bar."""

    name: str
    size: Callable[[Catalog], int]
    write: Callable[[SeedContext, Catalog], Iterator[str]]


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
        "shelves",
        lambda c: len(c.categories) + len(c.collections),
        categories_collections.write_categories_and_collections,
    ),
    Section("products", lambda c: len(c.products), products.write_products),
    Section("pictures", lambda c: len(c.pictures), media.write_pictures),
    Section("menus", lambda c: len(c.menus), menus.write_menus),
    Section("translations", lambda c: len(c.translations), translations.write_translations),
)


def seed(
    client: Client,
    catalog: Catalog,
    progress: Progress,
    *,
    only: Collection[str] = (),
    stock: bool = False,
    overwrite: bool = False,
    notes: list[str] | None = None,
) -> Counter[str]:
    """Write the catalog. Returns the numbers of objects created, updated and unchanged, by these words.

    `only` names sections, all when empty; `stock` also resets every quantity to that of the files. What the merchant
    has changed or deleted stays, and `notes` gets a line for each; with `overwrite` it becomes as the files say.
    Raises ObjectRefused, MissingObject and CurrencyDiffers; what was written before stays.
    """
    sections = [section for section in SECTIONS if not only or section.name in only]
    context = SeedContext(client, overwrite=overwrite)
    if not only:
        context.fingerprints.start()
    load_existing_ids(context)
    if not overwrite:
        catalog = _without_deleted(context, catalog)
    progress.begin(sum(section.size(catalog) for section in sections))
    try:
        for section in sections:
            for label in section.write(context, catalog):
                progress.step(section.name, label)
            context.fingerprints.save()
        if stock:
            for product in catalog.products:
                reset_stock(context, product)
    finally:
        context.fingerprints.save()
        progress.end()
        if notes is not None:
            notes += context.notes
    if not only:
        context.fingerprints.finish()
    return context.counts


def _without_deleted(context: SeedContext, catalog: Catalog) -> Catalog:
    """The catalog without the products and variants that the merchant has deleted from the shop."""
    products = []
    for product in catalog.products:
        if context.is_deleted("product", product.slug):
            context.notes.append(f"product {product.slug} was deleted in the shop; it stays deleted")
            continue
        variants = [one for one in product.variants if not context.is_deleted("product-variant", one.sku)]
        gone = {one.sku for one in product.variants} - {one.sku for one in variants}
        context.notes += [f"product-variant {sku} was deleted in the shop; it stays deleted" for sku in gone]
        products.append(product.model_copy(update={"variants": variants}) if gone else product)
    slugs = {product.slug for product in products}
    skus = {variant.sku for product in products for variant in product.variants}
    pictures = [
        picture.model_copy(update={"variants": [sku for sku in picture.variants if sku in skus]})
        for picture in catalog.pictures
        if picture.product in slugs
    ]
    return replace(catalog, products=products, pictures=pictures)
