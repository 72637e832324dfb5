"""The sections of a move in their order, and the function that runs them."""

from collections.abc import Callable, Iterator
from functools import partial

from store.move.catalog import (
    categories_collections,
    collection_order,
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


def sections(read_picture: ReadPicture, *, with_trade: bool) -> dict[str, Section]:
    """By name; each refers to what those before it have written."""
    return preparation(read_picture) | (trade() if with_trade else {})


def preparation(read_picture: ReadPicture) -> dict[str, Section]:
    """What a shop that sells doesn't use up, so that it can be repeated until the day of the move."""
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
        "order in collections": collection_order.move_collection_order,
        "texts": products.move_text_translations,
        "pictures": partial(pictures.move_pictures, read=read_picture),
        "menus": menus.move_menus,
        "customers": customers.move_customers,
    }


def trade() -> dict[str, Section]:
    """What each sale changes: moved of a shop that is closed, or it would be sold, spent or told of in both.

    Baskets come last, so that orders get the stock.
    """
    return {
        "stock": stock.move_stock,
        "vouchers": vouchers.move_vouchers,
        "gift cards": gift_cards.move_gift_cards,
        "orders": orders.move_orders,
        "stock requests": stock_requests.move_stock_requests,
        "baskets": baskets.move_baskets,
    }


def move(
    context: MoveContext, read_picture: ReadPicture, progress: ProgressBar | NoProgress, *, with_trade: bool
) -> None:
    """Run the sections; what was written stays. Raises SaleorError, ObjectRefused, MissingObject, CurrencyDiffers."""
    todo = sections(read_picture, with_trade=with_trade)
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
        context.report.to_do += dict.fromkeys(context.former.cut)
        context.save()
