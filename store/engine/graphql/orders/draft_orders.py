"""Mutations of draft orders, of order lines, and of an order's older Payment."""

from decimal import Decimal
from typing import Any

from store.engine.accounts import address_validation
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.checkout.lines import metadata_from_input
from store.engine.errors import NotFound, Required
from store.engine.graphql import ids
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.orders.filters import apply_search
from store.engine.graphql.orders.queries import order_by
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation, query
from store.engine.orders import draft_orders as order_draft_orders
from store.engine.orders import legacy_payments
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.models import Order
from store.engine.orders.queries import RELATED
from store.engine.shipping.models import ShippingMethod


def _lines(given: list[dict[str, Any]] | None) -> list[NewLine]:
    return [
        NewLine(
            variant_id=int_of(line["variant_id"], "ProductVariant", field="variantId"),
            quantity=line["quantity"],
            price=line.get("price"),
            force_new_line=bool(line.get("force_new_line")),
        )
        for line in given or []
    ]


def _parse_input(input: dict[str, Any]) -> dict[str, Any]:
    """A DraftOrderInput as keyword arguments of `orders.draft_orders`."""
    values = dict(input) | {
        "metadata": metadata_from_input(input.get("metadata")),
        "private_metadata": metadata_from_input(input.get("private_metadata")),
    }
    if input.get("language_code"):
        values["language_code"] = from_language_enum(input["language_code"])
    user, method = input.get("user"), input.get("shipping_method")
    return {
        "values": values,
        "user": ids.get_row(user, User, field="user") if user else None,
        "shipping_address": _address(input.get("shipping_address"), "SHIPPING"),
        "billing_address": _address(input.get("billing_address"), "BILLING"),
        "shipping_method": find_shipping_method(method) if method else None,
    }


def _address(given: dict[str, Any] | None, kind: str) -> Any:
    return None if given is None else address_validation.clean_address(given, address_type=kind)


def find_shipping_method(global_id: str) -> ShippingMethod:
    """The shipping method with this global id. Raises NotFound if there is none."""
    pk = int_of(global_id, "ShippingMethod", "ShippingMethodType", field="shippingMethod")
    method = ShippingMethod.objects.filter(pk=pk).first()
    if method is None:
        raise NotFound("There is no such shipping method.", field="shippingMethod")
    return method


@mutation(permissions=MANAGE_ORDERS)
def draft_order_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    if not input.get("channel_id"):
        raise Required("Channel ID is required.", field="channelId")
    channel = ids.get_row(input["channel_id"], Channel, field="channelId")
    return {
        "order": order_draft_orders.create(
            channel=channel, lines=_lines(input.get("lines")), **_parse_input(input)
        )
    }


def _draft_pk(id: str | None, external_reference: str | None) -> Any:
    if id or not external_reference:
        return order_pk(id)
    found = Order.objects.filter(external_reference=external_reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no such order.", field="externalReference")
    return found


@mutation(permissions=MANAGE_ORDERS)
def draft_order_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    return {
        "order": order_draft_orders.update(order_id=_draft_pk(id, external_reference), **_parse_input(input))
    }


@mutation(permissions=MANAGE_ORDERS)
def draft_order_complete(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": order_draft_orders.complete(order_id=order_pk(id))}


@mutation(permissions=MANAGE_ORDERS)
def draft_order_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    return {"order": order_draft_orders.delete(order_id=_draft_pk(id, external_reference))}


@query(permissions=MANAGE_ORDERS)
def draft_orders(
    info: Info, *, sort_by: dict[str, str] | None = None, search: str | None = None, **paging: Any
) -> Connection:
    rows = apply_search(Order.objects.filter(status="DRAFT").select_related(*RELATED), search)
    return connect(rows, order=order_by(sort_by), **paging)


@mutation(permissions=MANAGE_ORDERS)
def order_lines_create(info: Info, *, id: str, input: list[dict[str, Any]]) -> dict[str, Any]:
    order, lines = order_draft_orders.add_lines(order_id=order_pk(id), lines=_lines(input))
    return {"order": order, "order_lines": lines}


@mutation(permissions=MANAGE_ORDERS)
def order_line_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    order, line = order_draft_orders.change_line(line_id=uuid_of(id, "OrderLine"), quantity=input["quantity"])
    return {"order": order, "order_line": line}


@mutation(permissions=MANAGE_ORDERS)
def order_line_delete(info: Info, *, id: str) -> dict[str, Any]:
    order, line = order_draft_orders.delete_line(line_id=uuid_of(id, "OrderLine"))
    return {"order": order, "order_line": line}


@mutation(permissions=MANAGE_ORDERS)
def order_update_shipping(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    method = input.get("shipping_method")
    updated = order_draft_orders.set_shipping(
        order_id=order_pk(order, field="order"),
        shipping_method=find_shipping_method(method) if method else None,
    )
    return {"order": updated}


@mutation(permissions=MANAGE_ORDERS)
def order_capture(info: Info, *, id: str, amount: Decimal) -> dict[str, Any]:
    return {"order": legacy_payments.capture(order_id=order_pk(id), amount=amount)}


@mutation(permissions=MANAGE_ORDERS)
def order_refund(info: Info, *, id: str, amount: Decimal) -> dict[str, Any]:
    return {"order": legacy_payments.refund(order_id=order_pk(id), amount=amount)}


@mutation(permissions=MANAGE_ORDERS)
def order_void(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": legacy_payments.void(order_id=order_pk(id))}
