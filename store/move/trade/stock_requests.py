"""Shoppers who wait for stock. Their rows are the store's own, so that only the ids of variants change."""

from collections.abc import Iterator

from store.back_in_stock import moved_requests
from store.move.context import MoveContext
from store.move.trade.references import FORMER


def move_stock_requests(context: MoveContext) -> Iterator[str]:
    """After products, whose new ids it needs."""
    if context.is_dry:
        return
    yield "stock requests"
    stayed = moved_requests.follow(FORMER, context.report.new_shop, context.ids["product-variant"])
    if stayed:
        context.report.to_do.append(
            f"{stayed} requests to be told of stock were not moved: their variant was not, or a mail was just being "
            "sent; run the move again"
        )
