"""The sections of a move in their order, and the function that runs them."""

from collections.abc import Callable, Iterator
from functools import partial

from store.move.catalog import (
    categories_collections,
    menus,
    pages,
    pictures,
    products,
    settings,
    shipping,
    stock,
    types,
)
from store.move.catalog.pictures import ReadPicture
from store.move.context import MoveContext
from store.move.trade import baskets, customers, gift_cards, orders, stock_requests, vouchers
from store.seed.progress import NoProgress, ProgressBar

Section = Callable[[MoveContext], Iterator[str]]


def sections(read_picture: ReadPicture) -> dict[str, Section]:
    """By name; each refers to what those before it have written. Baskets come last, so that orders get the stock."""
    return {
        "settings": settings.move_settings,
        "warehouses": settings.move_warehouses,
        "channels": settings.move_channels,
        "taxes": settings.move_taxes,
        "shipping": shipping.move_shipping,
        "page types": types.move_page_types,
        "attributes": types.move_attributes,
        "product types": types.move_product_types,
        "pages": pages.move_pages,
        "categories": categories_collections.move_categories,
        "collections": categories_collections.move_collections,
        "products": products.move_products,
        "texts": products.move_text_translations,
        "pictures": partial(pictures.move_pictures, read=read_picture),
        "menus": menus.move_menus,
        "stock": stock.move_stock,
        "customers": customers.move_customers,
        "vouchers": vouchers.move_vouchers,
        "gift cards": gift_cards.move_gift_cards,
        "orders": orders.move_orders,
        "stock requests": stock_requests.move_stock_requests,
        "baskets": baskets.move_baskets,
    }


def move(context: MoveContext, read_picture: ReadPicture, progress: ProgressBar | NoProgress) -> None:
    """Run all sections; what was written stays. Raises SaleorError, ObjectRefused, MissingObject, CurrencyDiffers."""
    todo = sections(read_picture)
    progress.begin(len(todo))
    context.start()
    try:
        for name, section in todo.items():
            for label in section(context):
                progress.show(name, label)
            progress.step(name, "")
            context.save()
        context.finish()
        context.report.is_whole = True
    finally:
        progress.end()
        context.report.notes += context.notes
        context.save()
