"""Saleor's older Payment for a checkout, orders that apps create from checkouts, and checkouts from earlier orders."""

from typing import Any

from store.engine.checkout import legacy_payments, reorder
from store.engine.checkout.complete import CompletionOptions, complete_with_options
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.lines import metadata_from_input
from store.engine.errors import NotFound, OperationError
from store.engine.graphql.checkout.completion import insufficient_stock_error
from store.engine.graphql.checkout.loaded import checkout_payload
from store.engine.graphql.checkout.lookup import checkout_pk, uuid_of
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.plain_values import UnavailableVariant
from store.engine.graphql.registry import Info, mutation
from store.engine.stock.errors import InsufficientStock


@mutation
def checkout_payment_create(info: Info, *, input: dict[str, Any], id: str | None = None) -> dict[str, Any]:
    loaded, payment = legacy_payments.pay(
        checkout_id=checkout_pk(id),
        gateway=input["gateway"],
        token=input.get("token") or "",
        amount=input.get("amount"),
        return_url=input.get("return_url"),
        metadata=metadata_from_input(input.get("metadata")),
    )
    return checkout_payload(info, loaded) | {"payment": payment}


@mutation(permissions="HANDLE_CHECKOUTS")
def order_create_from_checkout(
    info: Info,
    *,
    id: str,
    metadata: list[dict[str, str]] | None = None,
    private_metadata: list[dict[str, str]] | None = None,
    remove_checkout: bool | None = True,
) -> dict[str, Any]:
    """For apps that vouch for the payment: the checkout need not be paid."""
    options = CompletionOptions(
        metadata=metadata_from_input(metadata),
        private_metadata=metadata_from_input(private_metadata),
        allow_unpaid=True,
        keep_checkout=remove_checkout is False,
    )
    try:
        return {"order": complete_with_options(checkout_pk(id), options)}
    except InsufficientStock as shortage:
        raise insufficient_stock_error(shortage) from shortage
    except CheckoutError:
        raise
    except NotFound as error:
        raise OperationError(error.message, field="id", code="CHECKOUT_NOT_FOUND") from error


@mutation
def checkout_create_from_order(info: Info, *, id: str) -> dict[str, Any]:
    loaded, unavailable = reorder.from_order(order_id=uuid_of(id, "Order"), user=info.context.user)
    return checkout_payload(info, loaded) | {
        "unavailable_variants": [_unavailable(item) for item in unavailable]
    }


def _unavailable(item: reorder.UnavailableLine) -> UnavailableVariant:
    return {
        "message": item.message,
        "code": item.code,
        "variant_id": to_global_id("ProductVariant", item.line.product_variant_pk or 0),
        "line_id": to_global_id("OrderLine", item.line.pk),
    }
