"""The last step."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from store.engine.checkout import lines
from store.engine.checkout.complete import complete
from store.engine.errors import Refusal
from store.engine.graphql.checkout.lookup import checkout_pk
from store.engine.graphql.errors import says
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
) -> dict[str, Any]:
    if redirect_url and urlsplit(redirect_url).hostname not in settings.ALLOWED_CLIENT_HOSTS:
        said = f"{redirect_url} is not allowed. Please check `ALLOWED_CLIENT_HOSTS`."
        raise Refusal(said, field="redirectUrl", code="INVALID")
    try:
        order = complete(
            checkout_id=checkout_pk(id), metadata=lines.metadata_of(metadata), redirect_url=redirect_url
        )
    except InsufficientStock as shortage:
        raise short(shortage) from shortage
    return {"order": order, "confirmation_needed": False, "confirmation_data": {}}


def short(shortage: InsufficientStock) -> Refusal:
    named = ", ".join(one.sku or str(one.variant_id) for one in shortage.shortages)
    return Refusal(
        f"Insufficient product stock: {named}",
        code="INSUFFICIENT_STOCK",
        variants=[to_global_id("ProductVariant", one.variant_id) for one in shortage.shortages],
        lines=[to_global_id("CheckoutLine", pk) for one in shortage.shortages for pk in one.line_ids],
    )


@says(InsufficientStock)
def _insufficient(error: InsufficientStock) -> Iterator[Refusal]:
    """Of a fulfilment: one refusal for each line that can't be sent."""
    for one in error.shortages:
        yield Refusal(
            f"Insufficient product stock: {one.sku or one.variant_id}",
            field="stocks",
            code="INSUFFICIENT_STOCK",
            warehouse=to_global_id("Warehouse", one.warehouse_id) if one.warehouse_id else None,
            order_lines=[to_global_id("OrderLine", pk) for pk in one.line_ids],
        )
