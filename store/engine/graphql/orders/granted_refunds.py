"""`orderGrantRefundCreate` and `orderGrantRefundUpdate`."""

from decimal import Decimal
from typing import Any

from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.naming import to_camel
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation
from store.engine.graphql.shop.reason_references import reason_page
from store.engine.orders import granted_refunds
from store.engine.orders.granted_refunds import RefundChanges, RefundLine


@mutation(permissions=MANAGE_ORDERS)
def order_grant_refund_create(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    amount: Decimal | None = input.get("amount")
    granted = granted_refunds.grant(
        order_id=order_pk(id),
        amount=amount,
        lines=_lines(input, "lines"),
        include_shipping=bool(input.get("grant_refund_for_shipping")),
        reason=input.get("reason") or "",
        reason_page_id=reason_page(input.get("reason_reference"), about="refund", info=info),
        transaction_id=uuid_of(input["transaction_id"], "TransactionItem", field="transactionId"),
        user_id=info.context.user.pk if info.context.user else None,
        app_id=info.context.app.pk if info.context.app else None,
    )
    return {"granted_refund": granted, "order": granted.order}


@mutation(permissions=MANAGE_ORDERS)
def order_grant_refund_update(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    payment = input.get("transaction_id")
    changes = RefundChanges(
        amount=input.get("amount"),
        add=_lines(input, "add_lines"),
        remove=[
            int_of(line, "OrderGrantedRefundLine", field="removeLines")
            for line in input.get("remove_lines") or ()
        ],
        include_shipping=input.get("grant_refund_for_shipping"),
        reason=input.get("reason"),
        reason_page_id=reason_page(input.get("reason_reference"), about="refund", info=info),
        transaction_id=uuid_of(payment, "TransactionItem", field="transactionId") if payment else None,
    )
    granted = granted_refunds.change(granted_refund_id=int_of(id, "OrderGrantedRefund"), changes=changes)
    return {"granted_refund": granted, "order": granted.order}


def _lines(given: dict[str, Any], name: str) -> list[RefundLine]:
    return [
        RefundLine(
            uuid_of(line["id"], "OrderLine", field=to_camel(name)),
            line["quantity"],
            line.get("reason"),
            reason_page(line.get("reason_reference"), about="refund"),
        )
        for line in given.get(name) or []
    ]
