"""`orderGrantRefundCreate`."""

from decimal import Decimal
from typing import Any

from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.orders.staff_mutations import MANAGE_ORDERS, order_pk
from store.engine.graphql.registry import Info, mutation
from store.engine.orders import granted_refunds
from store.engine.orders.granted_refunds import RefundLine


@mutation(permissions=MANAGE_ORDERS)
def order_grant_refund_create(info: Info, *, id: str, input: dict[str, Any]) -> dict[str, Any]:
    amount: Decimal | None = input.get("amount")
    granted = granted_refunds.grant(
        order_id=order_pk(id),
        amount=amount,
        lines=[
            RefundLine(uuid_of(line["id"], "OrderLine", field="lines"), line["quantity"], line.get("reason"))
            for line in input.get("lines") or []
        ],
        include_shipping=bool(input.get("grant_refund_for_shipping")),
        reason=input.get("reason") or "",
        transaction_id=uuid_of(input["transaction_id"], "TransactionItem", field="transactionId"),
        user_id=info.context.user.pk if info.context.user else None,
    )
    return {"granted_refund": granted, "order": granted.order}
