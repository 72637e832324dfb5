"""Mutations of the discounts that staff gives by hand."""

from typing import Any

from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import manual_discounts
from store.engine.orders.manual_discounts import Terms


def _terms(given: dict[str, Any]) -> Terms:
    return Terms(given["value_type"], given["value"], given.get("reason"))


@mutation(permissions=MANAGE_ORDERS)
def order_discount_add(info: Info, *, order_id: str, input: dict[str, Any]) -> dict[str, Any]:
    pk = order_pk(order_id, field="orderId")
    return {"order": manual_discounts.add(order_id=pk, terms=_terms(input))}


@mutation(permissions=MANAGE_ORDERS)
def order_discount_update(info: Info, *, discount_id: str, input: dict[str, Any]) -> dict[str, Any]:
    return {"order": manual_discounts.update(discount_id=_discount_pk(discount_id), terms=_terms(input))}


@mutation(permissions=MANAGE_ORDERS)
def order_discount_delete(info: Info, *, discount_id: str) -> dict[str, Any]:
    return {"order": manual_discounts.delete(discount_id=_discount_pk(discount_id))}


@mutation(permissions=MANAGE_ORDERS)
def order_line_discount_update(info: Info, *, order_line_id: str, input: dict[str, Any]) -> dict[str, Any]:
    order, line = manual_discounts.set_on_line(line_id=_line_pk(order_line_id), terms=_terms(input))
    return {"order": order, "order_line": line}


@mutation(permissions=MANAGE_ORDERS)
def order_line_discount_remove(info: Info, *, order_line_id: str) -> dict[str, Any]:
    order, line = manual_discounts.remove_from_line(line_id=_line_pk(order_line_id))
    return {"order": order, "order_line": line}


def _discount_pk(global_id: str) -> int:
    return int_of(global_id, "OrderDiscount", field="discountId")


def _line_pk(global_id: str) -> Any:
    return uuid_of(global_id, "OrderLine", field="orderLineId")
