"""Sending parcels."""

from collections.abc import Iterator
from typing import Any

from store.engine.errors import Refusal
from store.engine.graphql.batching import bind
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.errors import says
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.orders.staff_mutations import ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import fulfillments, returns
from store.engine.orders.errors import ParcelRefusal, VariantRefusal
from store.engine.orders.fulfillments import Send
from store.engine.orders.returns import Returned


@says(ParcelRefusal)
def _parcel(error: ParcelRefusal) -> Iterator[Refusal]:
    extras: dict[str, Any] = {}
    if lines := error.extras.get("order_lines"):
        extras["order_lines"] = [to_global_id("OrderLine", pk) for pk in lines]
    if warehouse := error.extras.get("warehouse"):
        extras["warehouse"] = to_global_id("Warehouse", warehouse)
    yield Refusal(error.message, field=error.field, code=error.code, **extras)


@says(VariantRefusal)
def _variants(error: VariantRefusal) -> Iterator[Refusal]:
    named = [to_global_id("ProductVariant", pk) for pk in error.extras["variants"]]
    yield Refusal(error.message, field=error.field, code=error.code, variants=named)


@mutation(needs=ORDERS)
def order_fulfill(info: Info, *, input: dict[str, Any], order: str | None = None) -> dict[str, Any]:
    notify = input.get("notify_customer")
    done, parcels = fulfillments.fulfill(
        order_id=order_pk(order, field="order"),
        sends=_sends(input["lines"]),
        tracking_number=input.get("tracking_number") or "",
        notify_customer=True if notify is None else notify,
        allow_stock_to_be_exceeded=bool(input.get("allow_stock_to_be_exceeded")),
    )
    return {"order": done, "fulfillments": bind(parcels)}


def _sends(lines: list[dict[str, Any]]) -> list[Send]:
    seen = set()
    sends = []
    for line in lines:
        line_id = uuid_of(line.get("order_line_id") or "", "OrderLine", field="orderLineId")
        if line_id in seen:
            raise ParcelRefusal(
                "Duplicated order line ID.",
                field="orderLineId",
                code="DUPLICATED_INPUT_ITEM",
                order_lines=[line_id],
            )
        seen.add(line_id)
        for stock in line["stocks"]:
            warehouse = uuid_of(stock["warehouse"], "Warehouse", field="warehouse")
            sends.append(Send(line_id, warehouse, stock["quantity"]))
    return sends


def _parcel_pk(global_id: str) -> int:
    return int_of(global_id, "Fulfillment")


@mutation(needs=ORDERS)
def order_fulfillment_update_tracking(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    parcel = fulfillments.update_tracking(
        fulfillment_id=_parcel_pk(id),
        tracking_number=input.get("tracking_number") or "",
        notify_customer=bool(input.get("notify_customer")),
    )
    return {"fulfillment": parcel, "order": parcel.order}


@mutation(needs=ORDERS)
def order_fulfillment_cancel(info: Info, *, id: str, input: dict[str, Any] | None = None) -> dict[str, Any]:
    warehouse = (input or {}).get("warehouse_id")
    parcel = fulfillments.cancel(
        fulfillment_id=_parcel_pk(id),
        warehouse_id=uuid_of(warehouse, "Warehouse", field="warehouseId") if warehouse else None,
    )
    return {"fulfillment": parcel, "order": parcel.order}


@mutation(needs=ORDERS)
def order_fulfillment_approve(
    info: Info, *, id: str, notify_customer: bool, allow_stock_to_be_exceeded: bool | None = False
) -> dict[str, Any]:
    parcel = fulfillments.approve(
        fulfillment_id=_parcel_pk(id),
        notify_customer=notify_customer,
        allow_stock_to_be_exceeded=bool(allow_stock_to_be_exceeded),
    )
    return {"fulfillment": parcel}


@mutation(needs=ORDERS)
def order_fulfillment_return_products(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    done, parcel = returns.take_back(
        order_id=order_pk(order, field="order"),
        unsent=[
            Returned(
                uuid_of(one["order_line_id"], "OrderLine", field="orderLineId"),
                one["quantity"],
                bool(one.get("replace")),
            )
            for one in input.get("order_lines") or []
        ],
        sent=[
            Returned(
                int_of(one["fulfillment_line_id"], "FulfillmentLine", field="fulfillmentLineId"),
                one["quantity"],
                bool(one.get("replace")),
            )
            for one in input.get("fulfillment_lines") or []
        ],
        include_shipping=bool(input.get("include_shipping_costs")),
        refund=bool(input.get("refund")),
        reason=input.get("reason") or "",
    )
    return {"order": done, "return_fulfillment": parcel}
