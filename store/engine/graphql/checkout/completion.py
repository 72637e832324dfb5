"""`checkoutComplete`, and the errors of insufficient stock."""

from collections.abc import Iterator
from typing import Any

from store.engine.accounts import redirect_urls
from store.engine.checkout import lines
from store.engine.checkout.complete import complete
from store.engine.errors import OperationError
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.errors import error_translator
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, mutation
from store.engine.stock.errors import InsufficientStock


@mutation
def checkout_complete(
    info: Info,
    *,
    id: str | None = None,
    metadata: list[dict[str, str]] | None = None,
    payment_data: Any = None,
    redirect_url: str | None = None,
    store_source: bool | None = False,
) -> dict[str, Any]:
    """`store_source`: nothing is ever stored of a payment source; see out_of_scope.toml."""
    if redirect_url:
        redirect_urls.validate(redirect_url)
    try:
        order = complete(
            checkout_id=checkout_pk(id),
            metadata=lines.metadata_from_input(metadata),
            redirect_url=redirect_url,
        )
    except InsufficientStock as shortage:
        raise insufficient_stock_error(shortage) from shortage
    info.context.rows.of(order).shows_buyer = True
    return {"order": order, "confirmation_needed": False, "confirmation_data": {}}


def insufficient_stock_error(shortage: InsufficientStock) -> OperationError:
    """One error of a checkout, with the global ids of its variants and lines."""
    skus = ", ".join(item.sku or str(item.variant_id) for item in shortage.shortages)
    return OperationError(
        f"Insufficient product stock: {skus}",
        code="INSUFFICIENT_STOCK",
        variants=[to_global_id("ProductVariant", item.variant_id) for item in shortage.shortages],
        lines=[to_global_id("CheckoutLine", pk) for item in shortage.shortages for pk in item.line_ids],
    )


@error_translator(InsufficientStock)
def _insufficient_stock_errors(error: InsufficientStock) -> Iterator[OperationError]:
    """Of a fulfillment: one error for each line that can't be sent."""
    for item in error.shortages:
        yield OperationError(
            f"Insufficient product stock: {item.sku or item.variant_id}",
            field="stocks",
            code="INSUFFICIENT_STOCK",
            warehouse=to_global_id("Warehouse", item.warehouse_id) if item.warehouse_id else None,
            order_lines=[to_global_id("OrderLine", pk) for pk in item.line_ids],
        )
