"""Promising a refund, and asking for the promised money to go back."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from store.engine.errors import NotFound, Refusal, Refusals, Required
from store.engine.money import quantize
from store.engine.orders import charge_status, order_events, queries
from store.engine.orders.models import Order, OrderGrantedRefund, OrderGrantedRefundLine, OrderLine
from store.engine.payments import transaction_events
from store.engine.payments.models import EventType, TransactionEvent, TransactionItem

Status = OrderGrantedRefund.Status


@dataclass(frozen=True, slots=True)
class RefundLine:
    line_id: UUID
    quantity: int
    reason: str | None = None


def grant(
    *,
    order_id: UUID,
    amount: Decimal | None = None,
    lines: Sequence[RefundLine] = (),
    include_shipping: bool = False,
    reason: str = "",
    transaction_id: UUID | None = None,
    user_id: int | None = None,
) -> OrderGrantedRefund:
    """By an amount, or by lines and shipping. Raises Refusal where more would go back than came in."""
    if amount is None and not lines and not include_shipping:
        said = "You must provide at least one of `amount`, `lines`, `grantRefundForShipping`."
        raise Refusals([Required(said, field=name) for name in ("amount", "lines", "grantRefundForShipping")])
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        chosen = _lines(order, lines)
        if include_shipping and order.granted_refunds.filter(shipping_costs_included=True).exists():
            raise Refusal(
                "Shipping costs have already been granted.",
                field="grantRefundForShipping",
                code="SHIPPING_COSTS_ALREADY_GRANTED",
            )
        item = _transaction(order, transaction_id)
        refund = OrderGrantedRefund.objects.create(
            order=order,
            amount_value=_amount(order, amount, chosen, include_shipping, item),
            currency=order.currency,
            reason=reason,
            shipping_costs_included=include_shipping,
            transaction_item=item,
            user_id=user_id,
        )
        OrderGrantedRefundLine.objects.bulk_create(
            [
                OrderGrantedRefundLine(
                    granted_refund=refund, order_line=line, quantity=one.quantity, reason=one.reason
                )
                for line, one in chosen
            ]
        )
        charge_status.refresh(order)
    return refund


def _lines(order: Order, wanted: Sequence[RefundLine]) -> list[tuple[OrderLine, RefundLine]]:
    known = {line.pk: line for line in order.lines.all()} if wanted else {}
    granted = dict(
        OrderGrantedRefundLine.objects.filter(granted_refund__order=order)
        .values_list("order_line_id")
        .annotate(Sum("quantity"))
    )
    found = []
    for one in wanted:
        line = known.get(one.line_id)
        if line is None or one.quantity < 1 or one.quantity + granted.get(line.pk, 0) > line.quantity:
            raise Refusal("Provided input for lines is invalid.", field="lines", code="INVALID")
        found.append((line, one))
    return found


def _transaction(order: Order, pk: UUID | None) -> TransactionItem | None:
    if pk is None:
        return None
    item = TransactionItem.objects.filter(pk=pk, order_id=order.pk).first()
    if item is None:
        raise NotFound("This order has no such transaction.", field="transactionId")
    return item


def _amount(
    order: Order,
    given: Decimal | None,
    chosen: Sequence[tuple[OrderLine, RefundLine]],
    include_shipping: bool,
    item: TransactionItem | None,
) -> Decimal:
    most = item.charged_value if item else None
    if given is not None:
        if most is not None and given > most:
            raise Refusal(
                "Amount cannot be greater than the charged amount of provided transaction.",
                field="amount",
                code="AMOUNT_GREATER_THAN_AVAILABLE",
            )
        return quantize(given, order.currency)
    reckoned = sum((line.unit_price_gross_amount * one.quantity for line, one in chosen), Decimal(0))
    if include_shipping:
        reckoned += order.shipping_price_gross_amount
    return reckoned if most is None else min(reckoned, most)


def request_refund(
    *, granted_refund_id: int, transaction_id: UUID | None = None, user_id: int | None = None
) -> TransactionItem:
    """Send the promised money back through the gateway that took it."""
    with transaction.atomic(durable=True):
        refund = OrderGrantedRefund.objects.filter(pk=granted_refund_id).first()
        if refund is None:
            raise NotFound("There is no such granted refund.", field="grantedRefundId")
        order = queries.lock(refund.order_id)
        refund.refresh_from_db()
        if refund.status == Status.SUCCESS:
            said = "Granted refund has already been processed."
            raise Refusal(said, field="grantedRefundId", code="REFUND_ALREADY_PROCESSED")
        if refund.status == Status.PENDING:
            raise Refusal("Granted refund is pending.", field="grantedRefundId", code="REFUND_IS_PENDING")
        token = transaction_id or refund.transaction_item_id
        if token is None:
            raise Refusal("Say from which transaction the money goes back.", field="id", code="INVALID")
        item = transaction_events.locked(token)
        if item.order_id != order.pk:
            raise NotFound("This order has no such transaction.", field="id")
        if refund.amount_value > item.charged_value:
            raise Refusal(
                "The amount of granted refund is greater than charged amount.",
                field="id",
                code="AMOUNT_GREATER_THAN_AVAILABLE",
            )
        charged, refunded = item.charged_value, item.refunded_value
        event = transaction_events.request_action(
            item=item,
            action="REFUND",
            amount=refund.amount_value,
            user_id=user_id,
            granted_refund_id=refund.pk,
            message=refund.reason,
        )
        refund.transaction_item = item
        settle(refund, event.type if event else EventType.REFUND_FAILURE)
        if event:
            order_events.tell(
                order_events.sentence(order, "TRANSACTION_REFUND_REQUESTED", amount=str(refund.amount_value))
            )
            charge_status.after_transaction(
                order, charged_before=charged, refunded_before=refunded, item=item
            )
    if event is None:
        raise Refusal(transaction_events.NOBODY, code="MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK")
    return item


def settle(refund: OrderGrantedRefund, kind: str) -> None:
    """What the gateway's word makes of a promise."""
    refund.status = {
        EventType.REFUND_SUCCESS: Status.SUCCESS,
        EventType.REFUND_FAILURE: Status.FAILURE,
        EventType.REFUND_REVERSE: Status.FAILURE,
    }.get(EventType(kind), Status.PENDING)
    refund.save(update_fields=["status", "transaction_item"])


def heard(event: TransactionEvent) -> None:
    """An app reported on a refund that was promised."""
    if event.granted_refund_id:
        refund = OrderGrantedRefund.objects.filter(pk=event.granted_refund_id).first()
        if refund:
            settle(refund, event.type)
