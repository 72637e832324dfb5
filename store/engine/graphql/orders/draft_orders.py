"""Orders that staff writes, lines that staff changes, and the older kind of payment of an order."""

from decimal import Decimal
from typing import Any

from store.engine.accounts import address_validation
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.checkout.lines import metadata_of
from store.engine.errors import NotFound, Required
from store.engine.graphql import ids
from store.engine.graphql.accounts.types import language_in
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.orders.filters import searched
from store.engine.graphql.orders.queries import order_by
from store.engine.graphql.orders.staff_mutations import ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation, query
from store.engine.orders import draft_orders as order_draft_orders
from store.engine.orders import legacy_payments
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.models import Order
from store.engine.orders.queries import NEIGHBOURS
from store.engine.shipping.models import ShippingMethod


def _lines(given: list[dict[str, Any]] | None) -> list[NewLine]:
    return [
        NewLine(
            variant_id=int_of(one["variant_id"], "ProductVariant", field="variantId"),
            quantity=one["quantity"],
            price=one.get("price"),
            force_new_line=bool(one.get("force_new_line")),
        )
        for one in given or []
    ]


def _told(input: dict[str, Any]) -> dict[str, Any]:
    """The input in the words of `drafting`."""
    values = dict(input) | {
        "metadata": metadata_of(input.get("metadata")),
        "private_metadata": metadata_of(input.get("private_metadata")),
    }
    if input.get("language_code"):
        values["language_code"] = language_in(input["language_code"])
    user, method = input.get("user"), input.get("shipping_method")
    return {
        "values": values,
        "user": ids.one(user, User, field="user") if user else None,
        "shipping_address": _address(input.get("shipping_address"), "SHIPPING"),
        "billing_address": _address(input.get("billing_address"), "BILLING"),
        "shipping_method": shipping_method_of(method) if method else None,
    }


def _address(given: dict[str, Any] | None, kind: str) -> Any:
    return None if given is None else address_validation.cleaned(given, address_type=kind)


def shipping_method_of(global_id: str) -> ShippingMethod:
    pk = int_of(global_id, "ShippingMethod", "ShippingMethodType", field="shippingMethod")
    found = ShippingMethod.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such shipping method.", field="shippingMethod")
    return found


@mutation(needs=ORDERS)
def draft_order_create(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    if not input.get("channel_id"):
        raise Required("Channel ID is required.", field="channelId")
    channel = ids.one(input["channel_id"], Channel, field="channelId")
    return {
        "order": order_draft_orders.create(channel=channel, lines=_lines(input.get("lines")), **_told(input))
    }


def _draft_pk(id: str | None, external_reference: str | None) -> Any:
    if id or not external_reference:
        return order_pk(id)
    found = Order.objects.filter(external_reference=external_reference).values_list("pk", flat=True).first()
    if found is None:
        raise NotFound("There is no such order.", field="externalReference")
    return found


@mutation(needs=ORDERS)
def draft_order_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    return {"order": order_draft_orders.update(order_id=_draft_pk(id, external_reference), **_told(input))}


@mutation(needs=ORDERS)
def draft_order_complete(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": order_draft_orders.complete(order_id=order_pk(id))}


@mutation(needs=ORDERS)
def draft_order_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    return {"order": order_draft_orders.delete(order_id=_draft_pk(id, external_reference))}


@query(needs=ORDERS)
def draft_orders(
    info: Info, *, sort_by: dict[str, str] | None = None, search: str | None = None, **paging: Any
) -> Connection:
    rows = searched(Order.objects.filter(status="DRAFT").select_related(*NEIGHBOURS), search)
    return connect(rows, order=order_by(sort_by), **paging)


@mutation(needs=ORDERS)
def order_lines_create(info: Info, *, id: str, input: list[dict[str, Any]]) -> dict[str, Any]:
    order, lines = order_draft_orders.add_lines(order_id=order_pk(id), lines=_lines(input))
    return {"order": order, "order_lines": lines}


@mutation(needs=ORDERS)
def order_line_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    order, line = order_draft_orders.change_line(line_id=uuid_of(id, "OrderLine"), quantity=input["quantity"])
    return {"order": order, "order_line": line}


@mutation(needs=ORDERS)
def order_line_delete(info: Info, *, id: str) -> dict[str, Any]:
    order, line = order_draft_orders.delete_line(line_id=uuid_of(id, "OrderLine"))
    return {"order": order, "order_line": line}


@mutation(needs=ORDERS)
def order_update_shipping(info: Info, *, order: str, input: dict[str, Any]) -> dict[str, Any]:
    method = input.get("shipping_method")
    done = order_draft_orders.set_shipping(
        order_id=order_pk(order, field="order"),
        shipping_method=shipping_method_of(method) if method else None,
    )
    return {"order": done}


@mutation(needs=ORDERS)
def order_capture(info: Info, *, id: str, amount: Decimal) -> dict[str, Any]:
    return {"order": legacy_payments.capture(order_id=order_pk(id), amount=amount)}


@mutation(needs=ORDERS)
def order_refund(info: Info, *, id: str, amount: Decimal) -> dict[str, Any]:
    return {"order": legacy_payments.refund(order_id=order_pk(id), amount=amount)}


@mutation(needs=ORDERS)
def order_void(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": legacy_payments.void(order_id=order_pk(id))}
