"""Mutations of fulfillments and returns."""

from collections.abc import Iterator
from typing import Any

from store.engine.errors import OperationError
from store.engine.graphql.batching import bind_siblings
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.errors import error_translator
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shop.reason_references import reason_page
from store.engine.orders import fulfillments, line_refunds, returns
from store.engine.orders.errors import OrderLineError, RefundLineProblem, RefundLinesError, VariantError
from store.engine.orders.fulfillments import FulfillLine
from store.engine.orders.granted_refunds import RefundLine
from store.engine.orders.returns import ReturnLine


@error_translator(OrderLineError)
def _fulfillment_errors(error: OrderLineError) -> Iterator[OperationError]:
    extras: dict[str, Any] = {}
    if lines := error.extras.get("order_lines"):
        extras["order_lines"] = [to_global_id("OrderLine", pk) for pk in lines]
    if warehouse := error.extras.get("warehouse"):
        extras["warehouse"] = to_global_id("Warehouse", warehouse)
    yield OperationError(error.message, field=error.field, code=error.code, **extras)


@error_translator(VariantError)
def _variant_errors(error: VariantError) -> Iterator[OperationError]:
    global_ids = [to_global_id("ProductVariant", pk) for pk in error.extras["variants"]]
    yield OperationError(error.message, field=error.field, code=error.code, variants=global_ids)


@error_translator(RefundLinesError)
def _refund_line_errors(error: RefundLinesError) -> Iterator[OperationError]:
    extras = {name: [_refund_line_error(row, name) for row in rows] for name, rows in error.extras.items()}
    yield OperationError(error.message, field=error.field, code=error.code, **extras)


def _refund_line_error(problem: RefundLineProblem, name: str) -> dict[str, Any]:
    kind = "OrderGrantedRefundLine" if name == "remove_lines" else "OrderLine"
    return {
        "line_id": to_global_id(kind, problem.line_id),
        "field": problem.field,
        "code": problem.code,
        "message": problem.message,
    }


@mutation(permissions=MANAGE_ORDERS)
def order_fulfill(info: Info, *, input: dict[str, Any], order: str | None = None) -> dict[str, Any]:
    notify = input.get("notify_customer")
    updated, created = fulfillments.fulfill(
        order_id=order_pk(order, field="order"),
        fulfill_lines=_sends(input["lines"]),
        tracking_number=input.get("tracking_number") or "",
        notify_customer=True if notify is None else notify,
        allow_stock_to_be_exceeded=bool(input.get("allow_stock_to_be_exceeded")),
    )
    return {"order": updated, "fulfillments": bind_siblings(info, created)}


def _sends(lines: list[dict[str, Any]]) -> list[FulfillLine]:
    seen = set()
    sends = []
    for line in lines:
        line_id = uuid_of(line.get("order_line_id") or "", "OrderLine", field="orderLineId")
        if line_id in seen:
            raise OrderLineError(
                "Duplicated order line ID.",
                field="orderLineId",
                code="DUPLICATED_INPUT_ITEM",
                order_lines=[line_id],
            )
        seen.add(line_id)
        for stock in line["stocks"]:
            warehouse = uuid_of(stock["warehouse"], "Warehouse", field="warehouse")
            sends.append(FulfillLine(line_id, warehouse, stock["quantity"]))
    return sends


def _fulfillment_pk(global_id: str) -> int:
    return int_of(global_id, "Fulfillment")


@mutation(permissions=MANAGE_ORDERS)
def order_fulfillment_update_tracking(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    fulfillment = fulfillments.update_tracking(
        fulfillment_id=_fulfillment_pk(id),
        tracking_number=input.get("tracking_number") or "",
        notify_customer=bool(input.get("notify_customer")),
    )
    return {"fulfillment": fulfillment, "order": fulfillment.order}


@mutation(permissions=MANAGE_ORDERS)
def order_fulfillment_cancel(info: Info, *, id: str, input: dict[str, Any] | None = None) -> dict[str, Any]:
    warehouse = (input or {}).get("warehouse_id")
    fulfillment = fulfillments.cancel(
        fulfillment_id=_fulfillment_pk(id),
        warehouse_id=uuid_of(warehouse, "Warehouse", field="warehouseId") if warehouse else None,
    )
    return {"fulfillment": fulfillment, "order": fulfillment.order}


@mutation(permissions=MANAGE_ORDERS)
def order_fulfillment_approve(
    info: Info, *, id: str, notify_customer: bool, allow_stock_to_be_exceeded: bool | None = False
) -> dict[str, Any]:
    fulfillment = fulfillments.approve(
        fulfillment_id=_fulfillment_pk(id),
        notify_customer=notify_customer,
        allow_stock_to_be_exceeded=bool(allow_stock_to_be_exceeded),
    )
    return {"fulfillment": fulfillment, "order": fulfillment.order}


@mutation(permissions=MANAGE_ORDERS)
def order_fulfillment_refund_products(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    """What is refunded is told by a granted refund, so that the payload has no fulfillment."""
    updated = line_refunds.refund_products(
        order_id=order_pk(order, field="order"),
        lines=[
            RefundLine(uuid_of(line["order_line_id"], "OrderLine", field="orderLineId"), line["quantity"])
            for line in input.get("order_lines") or []
        ],
        fulfillment_lines=[
            (
                int_of(line["fulfillment_line_id"], "FulfillmentLine", field="fulfillmentLineId"),
                line["quantity"],
            )
            for line in input.get("fulfillment_lines") or []
        ],
        include_shipping=bool(input.get("include_shipping_costs")),
        amount=input.get("amount_to_refund"),
        user_id=info.context.user.pk if info.context.user else None,
    )
    return {"order": updated, "fulfillment": None}


@mutation(permissions=MANAGE_ORDERS)
def order_fulfillment_return_products(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    updated, return_fulfillment = returns.return_products(
        order_id=order_pk(order, field="order"),
        order_lines=[
            ReturnLine(
                uuid_of(line["order_line_id"], "OrderLine", field="orderLineId"),
                line["quantity"],
                bool(line.get("replace")),
                line.get("reason"),
                reason_page(line.get("reason_reference"), about="return"),
            )
            for line in input.get("order_lines") or []
        ],
        fulfillment_lines=[
            ReturnLine(
                int_of(line["fulfillment_line_id"], "FulfillmentLine", field="fulfillmentLineId"),
                line["quantity"],
                bool(line.get("replace")),
                line.get("reason"),
                reason_page(line.get("reason_reference"), about="return"),
            )
            for line in input.get("fulfillment_lines") or []
        ],
        include_shipping=bool(input.get("include_shipping_costs")),
        refund=bool(input.get("refund")),
        reason=input.get("reason") or "",
        reason_page_id=reason_page(input.get("reason_reference"), about="return", info=info),
        amount=input.get("amount_to_refund"),
    )
    no_replacement = {"replace_fulfillment": None, "replace_order": None}  # one is refused above
    return {"order": updated, "return_fulfillment": return_fulfillment, **no_replacement}
