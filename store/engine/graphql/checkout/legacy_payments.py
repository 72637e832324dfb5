"""The older way to pay, orders that apps make of baskets, and buying the same again."""

from typing import Any

from store.engine.checkout import legacy_payments, reorder
from store.engine.checkout.complete import Wish, fulfil_wish
from store.engine.checkout.errors import BasketRefusal
from store.engine.checkout.lines import metadata_of
from store.engine.errors import NotFound, Refusal
from store.engine.graphql.checkout.completion import short
from store.engine.graphql.checkout.lookup import checkout_pk, uuid_of
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.registry import Info, mutation
from store.engine.stock.errors import InsufficientStock


@mutation
def checkout_payment_create(
    info: Info,
    *,
    input: dict[str, Any],
    id: str | None = None,
    checkout_id: str | None = None,
    token: Any = None,
) -> dict[str, Any]:
    checkout, payment = legacy_payments.pay(
        checkout_id=token or checkout_pk(id, checkout_id),
        gateway=input["gateway"],
        token=input.get("token") or "",
        amount=input.get("amount"),
        return_url=input.get("return_url"),
        metadata=metadata_of(input.get("metadata")),
    )
    return {"checkout": checkout, "payment": payment}


@mutation(needs="HANDLE_CHECKOUTS")
def order_create_from_checkout(
    info: Info,
    *,
    id: str,
    metadata: list[dict[str, str]] | None = None,
    private_metadata: list[dict[str, str]] | None = None,
    remove_checkout: bool | None = True,
) -> dict[str, Any]:
    """For apps that answer for the money: the basket need not be paid."""
    wish = Wish(
        metadata=metadata_of(metadata),
        private_metadata=metadata_of(private_metadata),
        unpaid=True,
        keep_basket=remove_checkout is False,
    )
    try:
        return {"order": fulfil_wish(checkout_pk(id), wish)}
    except InsufficientStock as shortage:
        raise short(shortage) from shortage
    except BasketRefusal:
        raise
    except NotFound as missing:
        raise Refusal(missing.message, field="id", code="CHECKOUT_NOT_FOUND") from missing


@mutation
def checkout_create_from_order(info: Info, *, id: str) -> dict[str, Any]:
    made, unavailable = reorder.from_order(order_id=uuid_of(id, "Order"), user=info.context.user)
    return {
        "checkout": made,
        "unavailable_variants": [
            {
                "message": one.message,
                "code": one.code,
                "variant_id": to_global_id("ProductVariant", one.line.product_variant_pk or 0),
                "line_id": to_global_id("OrderLine", one.line.pk),
            }
            for one in unavailable
        ],
    }
