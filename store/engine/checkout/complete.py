"""Completion of a checkout: exactly one order for each checkout.

One transaction locks the checkout row, checks and calculates everything under that lock, allocates stock,
writes the order with its events, and deletes the checkout. A second request waits for the lock, finds no row
and returns the same order. Payments ask the same checks before they charge (`completion_checks`). If completion
is refused although money was taken, the checkout stays with `completion_problem` set for the merchant
(`paid_checkouts`), and the shopper gets the error.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q

from store.engine import events
from store.engine.accounts import address_book
from store.engine.accounts.models import Address, User, account_email
from store.engine.checkout import loaded_checkout, queries
from store.engine.checkout.completion_checks import require_completable
from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout, CheckoutDelivery, CheckoutLine
from store.engine.checkout.order_from_checkout import build_order, build_order_lines
from store.engine.checkout.quote import Quote
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.errors import NotFound, OperationError, OperationErrors
from store.engine.orders import charge_status, order_events
from store.engine.orders import queries as order_queries
from store.engine.orders.models import Order, OrderDiscount, OrderLine, OrderStatus
from store.engine.payments import legacy_payments, transaction_events, transaction_sessions
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.allocations import Demand, allocate
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.reservations import release

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CompletionOptions:
    """How a checkout is to be completed."""

    metadata: Mapping[str, str] = field(default_factory=dict)
    private_metadata: Mapping[str, str] = field(default_factory=dict)
    redirect_url: str | None = None
    automatic: bool = False  # by `auto_complete`, not by the shopper
    allow_unpaid: bool = False  # for apps that collect the money themselves
    allow_unanswered: bool = False  # by staff, who have looked at the payment provider
    keep_checkout: bool = False  # the opposite of Saleor's `removeCheckout`


def complete(
    *,
    checkout_id: UUID,
    metadata: Mapping[str, str] | None = None,
    redirect_url: str | None = None,
    automatic: bool = False,
) -> Order:
    """The order of this checkout, made now or earlier.

    Raises NotFound, OperationError, OperationErrors (addresses), CheckoutError or InsufficientStock.
    """
    return complete_with_options(
        checkout_id, CompletionOptions(metadata or {}, redirect_url=redirect_url, automatic=automatic)
    )


def complete_with_options(checkout_id: UUID, options: CompletionOptions) -> Order:
    """As `complete`. A paid checkout that is refused is marked for the merchant before the error is raised."""
    try:
        with transaction.atomic(durable=True):
            return _complete(checkout_id, options)
    except (OperationError, OperationErrors, InsufficientStock) as refusal:
        _record_completion_problem(checkout_id, refusal)
        raise


def _complete(checkout_id: UUID, options: CompletionOptions) -> Order:
    try:
        loaded = loaded_checkout.lock_for_payment(checkout_id)
    except NotFound:
        return existing_order(checkout_id)
    checkout = loaded.checkout
    if checkout.has_order and (order := order_queries.find_by_checkout(checkout_id)):
        return order
    if checkout.completion_problem and transaction_events.is_being_refunded(loaded.transactions):
        raise OperationError("The payment is being refunded.", field="id", code="CHECKOUT_NOT_FULLY_PAID")
    require_completable(loaded)
    if not (options.allow_unpaid or options.allow_unanswered):
        _check_answered(loaded)
    quoted, items = loaded.quote, loaded.transactions
    payment = _process_legacy_payment(checkout, quoted, items)
    if payment is None and not options.allow_unpaid:
        _check_payment(loaded)

    order = build_order(loaded, [*items, *([payment] if payment else [])])
    order.metadata |= options.metadata
    order.private_metadata |= options.private_metadata
    order.redirect_url = options.redirect_url or checkout.redirect_url
    if checkout.user_id is None and checkout.email:
        order.user = User.objects.filter(email=account_email(checkout.email), is_active=True).first()
    order.number = order_queries.next_number()
    charge_status.set_amounts(order, items, payments=[payment] if payment else [])
    if order.is_paid and checkout.channel.automatically_confirm_all_new_orders:
        order.status = OrderStatus.UNFULFILLED
    order.save(force_insert=True)
    lines_created = OrderLine.objects.bulk_create(build_order_lines(order, checkout, quoted))
    _allocate_stock(checkout, lines_created)
    _use_discounts(loaded, order)
    if items:
        TransactionItem.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    if payment:
        Payment.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    address_book.store_addresses(checkout)
    _record_events(order, items, automatic=options.automatic)
    if options.keep_checkout:
        _keep_checkout(checkout)
    else:
        _delete_checkout(checkout)
    return order


def _process_legacy_payment(
    checkout: Checkout, quoted: Quote, items: Sequence[TransactionItem]
) -> Payment | None:
    """Carry out the checkout's legacy payment, which happens only at completion. Transactions take precedence over
    it.
    """
    if items:
        return None
    payment = legacy_payments.active_of(checkout.pk)
    if payment is None or payment.total < quoted.total.gross.amount:
        return None
    legacy_payments.process(payment)
    return payment


def _keep_checkout(checkout: Checkout) -> None:
    """Keep the checkout, with copies of its addresses, since the original rows belong to the order now."""
    for name in ("billing_address", "shipping_address"):
        address: Address | None = getattr(checkout, name)
        if address is not None:
            setattr(checkout, name, address.copy())
    checkout.has_order = True
    checkout.save()


def existing_order(checkout_id: UUID) -> Order:
    """The order that an earlier completion made. Raises NotFound if there is neither a checkout nor an order."""
    order = order_queries.find_by_checkout(checkout_id)
    if order is None:
        raise NotFound("Couldn't resolve to a node: there is no such checkout.", field="id")
    return order


def _check_payment(loaded: LoadedCheckout) -> None:
    if loaded.payment_status.authorize_status == "FULL" or loaded.checkout.channel.allow_unpaid_orders:
        return
    if not loaded.transactions:
        message = "Provided payment methods can not cover the checkout's total amount"
        raise OperationError(message, code="CHECKOUT_NOT_FULLY_PAID")
    message = "The authorized amount doesn't cover the checkout's total amount."
    raise OperationError(message, field="id", code="CHECKOUT_NOT_FULLY_PAID")


def _check_answered(loaded: LoadedCheckout) -> None:
    """Refuse an order while an app may have taken money that it has not told of: the order would be paid twice where
    something else, such as a gift card, covers its total meanwhile. Raises OperationError.
    """
    if transaction_sessions.amount_in_flight(loaded.transactions):
        message = "A payment for it is under way, and its result is not known yet."
        raise OperationError(message, field="id", code="PAYMENT_ERROR")


def _allocate_stock(checkout: Checkout, order_lines: Sequence[OrderLine]) -> None:
    line_ids = [line.pk for line in order_lines]  # an order line has the id of its checkout line
    allocate(
        demand=[Demand(line.pk, line.variant_id, line.quantity) for line in order_lines if line.variant_id],
        channel=checkout.channel,
        country=queries.country_of(checkout),
        collection_point=checkout.collection_point,
        ignoring_lines=line_ids,
    )
    release(lines=line_ids)


def _use_discounts(loaded: LoadedCheckout, order: Order) -> None:
    quoted = loaded.quote
    if quoted.voucher_code and quoted.voucher:
        voucher_eligibility.record_usage(quoted.voucher_code, email=order.user_email)
        if not quoted.voucher.for_lines:
            OrderDiscount.objects.create(
                order=order,
                value=quoted.discount,
                amount_value=quoted.discount,
                currency=order.currency,
                name=quoted.voucher.name or "",
                reason=f"Voucher code: {quoted.voucher_code.code}",
            )
    if loaded.gift_cards:
        left_to_pay = gift_cards.spend(
            loaded.gift_cards,
            quoted.total_before_gift_cards.gross.amount,
            order_id=order.pk,
            user=loaded.checkout.user,
            email=order.user_email,
        )
        assert left_to_pay == quoted.total.gross.amount, "the cards were quoted before they were locked"
        order.gift_cards.add(*loaded.gift_cards)


def _record_events(order: Order, items: Sequence[TransactionItem], *, automatic: bool) -> None:
    """Record the events of a new order, in the transaction that makes it."""
    placed_type = "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT" if automatic else "PLACED"
    order_event_rows = [order_events.build(order, placed_type)]
    event_types = ["ORDER_CREATED"]
    if order.is_paid:
        event_types += ["ORDER_PAID", "ORDER_FULLY_PAID"]
        gateway = next((item.app_identifier for item in items if item.app_identifier), None)
        order_event_rows.append(
            order_events.build(order, "ORDER_FULLY_PAID", **({"payment_gateway": gateway} if gateway else {}))
        )
    if order.status == OrderStatus.UNFULFILLED:
        event_types.append("ORDER_CONFIRMED")
        order_event_rows.append(order_events.build(order, "CONFIRMED"))
    events.record_event(*event_types, kind="Order", pk=order.pk)
    order_events.record(*order_event_rows)


def _delete_checkout(checkout: Checkout) -> None:
    """Delete the checkout's rows with one statement for each table; no other table references them."""
    using = connection.alias
    if checkout.has_gift_cards:
        checkout.gift_cards.clear()
    for rows in (
        CheckoutLine.objects.filter(checkout=checkout.pk),
        CheckoutDelivery.objects.filter(checkout=checkout.pk),
        Checkout.objects.filter(pk=checkout.pk),
    ):
        rows._raw_delete(using)


def _record_completion_problem(checkout_id: UUID, refusal: Exception) -> None:
    """Mark a checkout that is paid and can't become an order, so that the merchant completes or refunds it."""
    if not _has_money(checkout_id):
        return
    message = f"Paid, but no order: {refusal}"[:255]
    with transaction.atomic(durable=True):
        unmarked = Checkout.objects.filter(pk=checkout_id, has_order=False).exclude(
            completion_problem=message
        )
        if unmarked.update(completion_problem=message):
            events.record_event("CHECKOUT_UPDATED", kind="Checkout", pk=checkout_id, problem=message)
            log.warning("checkout %s can't become an order: %s", checkout_id, message)


def _has_money(checkout_id: UUID) -> bool:
    items = TransactionItem.objects.filter(checkout_id=checkout_id)
    return items.filter(Q(charged_value__gt=0) | Q(authorized_value__gt=0)).exists()
