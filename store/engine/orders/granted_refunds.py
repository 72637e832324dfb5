"""Granting refunds, and requesting the granted money back from the gateway."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from store.engine.errors import NotFound, OperationError, OperationErrors, Required
from store.engine.money import quantize
from store.engine.orders import charge_status, order_events, queries, refunds
from store.engine.orders.errors import RefundLineProblem, RefundLinesError
from store.engine.orders.models import Order, OrderGrantedRefund, OrderGrantedRefundLine, OrderLine
from store.engine.payments import transaction_events
from store.engine.payments.models import EventType, TransactionEvent, TransactionItem

Status = OrderGrantedRefund.Status


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A quantity of an order line to refund. `reason_page_id`: of a catalog.Page."""

    line_id: UUID
    quantity: int
    reason: str | None = None
    reason_page_id: int | None = None


def grant(
    *,
    order_id: UUID,
    amount: Decimal | None = None,
    lines: Sequence[RefundLine] = (),
    include_shipping: bool = False,
    reason: str = "",
    reason_page_id: int | None = None,
    transaction_id: UUID | None = None,
    user_id: int | None = None,
    app_id: int | None = None,
) -> OrderGrantedRefund:
    """Grant a refund of an amount, or of lines and shipping.

    Raises NotFound, OperationErrors when neither is given, OperationError when more would be refunded than was
    charged.
    """
    if amount is None and not lines and not include_shipping:
        message = "You must provide at least one of `amount`, `lines`, `grantRefundForShipping`."
        raise OperationErrors(
            [Required(message, field=name) for name in ("amount", "lines", "grantRefundForShipping")]
        )
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        chosen = chosen_lines(order, lines)
        if include_shipping and refunds.shipping_was_refunded(order):
            raise OperationError(
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
            reason_reference_id=reason_page_id,
            shipping_costs_included=include_shipping,
            transaction_item=item,
            user_id=user_id,
            app_id=app_id,
        )
        _add_lines(refund, chosen)
        charge_status.refresh(order)
    return refund


def _add_lines(refund: OrderGrantedRefund, chosen: Sequence[tuple[OrderLine, RefundLine]]) -> None:
    OrderGrantedRefundLine.objects.bulk_create(
        [
            OrderGrantedRefundLine(
                granted_refund=refund,
                order_line=line,
                quantity=refund_line.quantity,
                reason=refund_line.reason,
                reason_reference_id=refund_line.reason_page_id,
            )
            for line, refund_line in chosen
        ]
    )


@dataclass(frozen=True, slots=True)
class RefundChanges:
    """What to change of a granted refund; None stays as it is. `remove`: primary keys of its lines."""

    amount: Decimal | None = None
    add: Sequence[RefundLine] = ()
    remove: Sequence[int] = ()
    include_shipping: bool | None = None
    reason: str | None = None
    reason_page_id: int | None = None
    transaction_id: UUID | None = None


def change(*, granted_refund_id: int, changes: RefundChanges) -> OrderGrantedRefund:
    """Change a granted refund whose money has not been requested. Without an amount, the amount follows the lines and
    shipping when those change.

    Raises NotFound, and OperationError as `grant` or when the refund is pending or was processed.
    """
    with transaction.atomic(durable=True):
        found = OrderGrantedRefund.objects.filter(pk=granted_refund_id).values_list("order_id", flat=True)
        if (order_id := found.first()) is None:
            raise NotFound("There is no such granted refund.", field="id")
        order = queries.lock(order_id)
        refund = OrderGrantedRefund.objects.get(pk=granted_refund_id)
        if refund.status in (Status.PENDING, Status.SUCCESS):
            raise OperationError("The money of this refund has been requested.", field="id", code="INVALID")
        _change_lines(order, refund, changes)
        _change_shipping(order, refund, changes.include_shipping)
        if changes.reason is not None:
            refund.reason = changes.reason
        if changes.reason_page_id is not None:
            refund.reason_reference_id = changes.reason_page_id
        if changes.transaction_id is not None:
            refund.transaction_item = _transaction(order, changes.transaction_id)
        refund.amount_value = _changed_amount(order, refund, changes)
        refund.save()
        charge_status.refresh(order)
    return refund


def _change_lines(order: Order, refund: OrderGrantedRefund, changes: RefundChanges) -> None:
    own = refund.lines.filter(pk__in=changes.remove)
    if unknown := sorted(set(changes.remove) - set(own.values_list("pk", flat=True))):
        message = "The refund has no such line."
        problems = [RefundLineProblem(pk, "lineId", "NOT_FOUND", message) for pk in unknown]
        raise RefundLinesError(problems, field="removeLines")
    own.delete()
    _add_lines(refund, chosen_lines(order, changes.add, field="addLines"))


def _change_shipping(order: Order, refund: OrderGrantedRefund, include: bool | None) -> None:
    if include and not refund.shipping_costs_included and refunds.shipping_was_refunded(order):
        raise OperationError(
            "Shipping costs have already been granted.",
            field="grantRefundForShipping",
            code="SHIPPING_COSTS_ALREADY_GRANTED",
        )
    if include is not None:
        refund.shipping_costs_included = include


def _changed_amount(order: Order, refund: OrderGrantedRefund, changes: RefundChanges) -> Decimal:
    parts = bool(changes.add or changes.remove) or changes.include_shipping is not None
    if changes.amount is None and not parts:
        return _amount(order, refund.amount_value, (), False, refund.transaction_item)
    lines = [
        (line.order_line, RefundLine(line.order_line_id, line.quantity))
        for line in refund.lines.select_related("order_line")
    ]
    return _amount(
        order,
        changes.amount,
        lines,
        refund.shipping_costs_included,
        refund.transaction_item,
        without=refund,
    )


def chosen_lines(
    order: Order, refund_lines: Sequence[RefundLine], *, field: str = "lines"
) -> list[tuple[OrderLine, RefundLine]]:
    """The lines to refund. Raises RefundLinesError for lines of another order, or more than was not refunded before."""
    known = {line.pk: line for line in order.lines.all()} if refund_lines else {}
    granted = refunds.refunded_pieces(order)
    found, problems = [], []
    for refund_line in refund_lines:
        line = known.get(refund_line.line_id)
        left = line.quantity - granted[line.pk] if line else 0
        granted[refund_line.line_id] += refund_line.quantity
        if line is None:
            problems.append(
                RefundLineProblem(refund_line.line_id, "id", "NOT_FOUND", "The order has no such line.")
            )
        elif refund_line.quantity < 1:
            message = "The quantity has to be above 0."
            problems.append(RefundLineProblem(line.pk, "quantity", "INVALID", message, line.product_name))
        elif refund_line.quantity > left:
            message = f"Cannot grant refund for more than the available quantity of the line ({left})."
            problems.append(
                RefundLineProblem(
                    line.pk, "quantity", "QUANTITY_GREATER_THAN_AVAILABLE", message, line.product_name
                )
            )
        else:
            found.append((line, refund_line))
    if problems:
        raise RefundLinesError(problems, field=field)
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
    *,
    without: OrderGrantedRefund | None = None,
) -> Decimal:
    maximum = item.charged_value if item else None
    if given is not None:
        if given <= 0:
            raise OperationError("The amount has to be above 0.", field="amount", code="INVALID")
        if maximum is not None and given > maximum:
            raise OperationError(
                "Amount cannot be greater than the charged amount of provided transaction.",
                field="amount",
                code="AMOUNT_GREATER_THAN_AVAILABLE",
            )
        return quantize(given, order.currency)
    pieces = ((line, refund_line.quantity) for line, refund_line in chosen)
    calculated = refunds.worth(pieces, refunds.refunded_pieces(order, without_grant=without))
    if include_shipping:
        calculated += order.shipping_price_gross_amount
    return calculated if maximum is None else min(calculated, maximum)


def request_refund(
    *, granted_refund_id: int, transaction_id: UUID | None = None, user_id: int | None = None
) -> TransactionItem:
    """Request a granted refund from the gateway that took the money.

    Raises NotFound, and OperationError when it was processed already, exceeds the charge or no gateway can be asked.
    """
    with transaction.atomic(durable=True):
        refund = OrderGrantedRefund.objects.filter(pk=granted_refund_id).first()
        if refund is None:
            raise NotFound("There is no such granted refund.", field="grantedRefundId")
        order = queries.lock(refund.order_id)
        refund.refresh_from_db()
        if refund.status == Status.SUCCESS:
            message = "Granted refund has already been processed."
            raise OperationError(message, field="grantedRefundId", code="REFUND_ALREADY_PROCESSED")
        if refund.status == Status.PENDING:
            raise OperationError(
                "Granted refund is pending.", field="grantedRefundId", code="REFUND_IS_PENDING"
            )
        token = transaction_id or refund.transaction_item_id
        if token is None:
            raise OperationError(
                "Say from which transaction the money goes back.", field="id", code="INVALID"
            )
        item = transaction_events.lock(token)
        if item.order_id != order.pk:
            raise NotFound("This order has no such transaction.", field="id")
        if refund.amount_value > transaction_events.left_for("REFUND", item):
            raise OperationError(
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
            reason_page_id=refund.reason_reference_id,
        )
        refund.transaction_item = item
        set_status(refund, event.type if event else EventType.REFUND_FAILURE)
        if event:
            order_events.record(
                order_events.build(order, "TRANSACTION_REFUND_REQUESTED", amount=str(refund.amount_value))
            )
            charge_status.update_after_transaction(
                order, charged_before=charged, refunded_before=refunded, item=item
            )
    transaction_events.require_accepted(event)
    return item


def set_status(refund: OrderGrantedRefund, kind: str) -> None:
    """Set the status that a transaction event of this type means for the granted refund, and save it."""
    refund.status = {
        EventType.REFUND_SUCCESS: Status.SUCCESS,
        EventType.REFUND_FAILURE: Status.FAILURE,
        EventType.REFUND_REVERSE: Status.FAILURE,
    }.get(EventType(kind), Status.PENDING)
    refund.save(update_fields=["status", "transaction_item"])


def update_from_event(event: TransactionEvent) -> None:
    """Update the granted refund that an event reported by an app belongs to, if any."""
    if event.granted_refund_id:
        refund = OrderGrantedRefund.objects.filter(pk=event.granted_refund_id).first()
        if refund:
            set_status(refund, event.type)
