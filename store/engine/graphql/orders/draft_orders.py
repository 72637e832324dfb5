"""Mutations of draft orders, of order lines, and of an order's older Payment."""

from decimal import Decimal
from typing import Any

from store.engine.accounts import address_validation
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.checkout.lines import metadata_from_input
from store.engine.discounts.models import VoucherCode
from store.engine.errors import NotFound, OperationError, Required
from store.engine.graphql import ids
from store.engine.graphql.accounts.types import from_language_enum
from store.engine.graphql.bulk_mutations import register
from store.engine.graphql.channel_access import reachable
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.orders.filters import FILTER, WHERE, search_condition
from store.engine.graphql.orders.queries import order_by
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, named_order, order_pk
from store.engine.graphql.registry import Info, mutation, query
from store.engine.orders import draft_orders as order_draft_orders
from store.engine.orders import legacy_payments
from store.engine.orders.draft_orders import NewLine
from store.engine.orders.models import Order, OrderLine
from store.engine.orders.queries import RELATED
from store.engine.payments.models import Payment
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
    if input.get("voucher") and not input.get("voucher_code"):
        codes = VoucherCode.objects.filter(voucher=int_of(input["voucher"], "Voucher", field="voucher"))
        values["voucher_code"] = codes.order_by("created_at", "code").values_list("code", flat=True).first()
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


@mutation(permissions=MANAGE_ORDERS)
def draft_order_update(
    info: Info, *, input: dict[str, Any], id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    if input.get("channel_id"):
        message = "The channel can't be changed of an order that has one."
        raise OperationError(message, field="channelId", code="NOT_EDITABLE")
    return {
        "order": order_draft_orders.update(
            order_id=named_order(info, id, external_reference), **_parse_input(input)
        )
    }


@mutation(permissions=MANAGE_ORDERS)
def draft_order_complete(info: Info, *, id: str) -> dict[str, Any]:
    return {"order": order_draft_orders.complete(order_id=order_pk(id))}


@mutation(permissions=MANAGE_ORDERS)
def draft_order_delete(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> dict[str, Any]:
    return {"order": order_draft_orders.delete(order_id=named_order(info, id, external_reference))}


register(
    "draft_order_bulk_delete",
    Order,
    lambda order, _info: order_draft_orders.delete(order_id=order.pk),
    permissions=MANAGE_ORDERS,
)
register(
    "draft_order_lines_bulk_delete",
    OrderLine,
    lambda line, _info: order_draft_orders.delete_line(line_id=line.pk),
    permissions=MANAGE_ORDERS,
)


@query(permissions=MANAGE_ORDERS)
def draft_orders(
    info: Info,
    *,
    sort_by: dict[str, str] | None = None,
    filter: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    search: str | None = None,
    **paging: Any,
) -> Connection:
    drafts = reachable(Order.objects.filter(status="DRAFT"), info.context).select_related(*RELATED)
    rows = drafts.filter(FILTER.where(filter) & WHERE.where(where) & search_condition(search))
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


@mutation(permissions=MANAGE_ORDERS)
def payment_capture(info: Info, *, payment_id: str, amount: Decimal | None = None) -> dict[str, Any]:
    row = _payment_of_order(payment_id)
    left = row.total - row.captured_amount if amount is None else amount
    legacy_payments.capture(order_id=row.order_id, amount=left)
    return _payment_payload(row)


@mutation(permissions=MANAGE_ORDERS)
def payment_refund(info: Info, *, payment_id: str, amount: Decimal | None = None) -> dict[str, Any]:
    row = _payment_of_order(payment_id)
    legacy_payments.refund(order_id=row.order_id, amount=row.captured_amount if amount is None else amount)
    return _payment_payload(row)


@mutation(permissions=MANAGE_ORDERS)
def payment_void(info: Info, *, payment_id: str) -> dict[str, Any]:
    row = _payment_of_order(payment_id)
    legacy_payments.void(order_id=row.order_id)
    return _payment_payload(row)


def _payment_of_order(global_id: str) -> Any:
    """The older payment. Raises NotFound, OperationError for one that isn't its order's newest."""
    row = Payment.objects.filter(pk=int_of(global_id, "Payment", field="paymentId")).first()
    if row is None:
        raise NotFound("There is no such payment.", field="paymentId")
    newest = Payment.objects.filter(order_id=row.order_id).last() if row.order_id else None
    if newest is None or newest.pk != row.pk:
        raise OperationError("This payment can't be changed.", field="paymentId", code="PAYMENT_ERROR")
    return row


def _payment_payload(row: Any) -> dict[str, Any]:
    row.refresh_from_db()
    return {"payment": row}
