"""Completion of a checkout: exactly one order for each checkout.

One transaction locks the checkout row, checks and calculates everything under that lock, allocates stock,
writes the order with its events, and deletes the checkout. A second request waits for the lock, finds no row
and returns the same order. If stock ran out although money was taken, nothing is oversold: the checkout stays,
with `completion_problem` set for the merchant, and the shopper gets InsufficientStock.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from store.engine import events
from store.engine.accounts import address_book, address_validation
from store.engine.accounts.models import Address, User, account_email
from store.engine.checkout import charge_status as checkout_charge_status
from store.engine.checkout import delivery_options, problems, queries
from store.engine.checkout.errors import CheckoutError
from store.engine.checkout.models import Checkout, CheckoutDelivery, CheckoutLine
from store.engine.checkout.order_from_checkout import build_order, build_order_lines
from store.engine.checkout.quote import Quote, calculate, gift_cards_of
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import VoucherCode
from store.engine.errors import NotFound, OperationError
from store.engine.orders import charge_status, order_events
from store.engine.orders import queries as order_queries
from store.engine.orders.models import Order, OrderDiscount, OrderLine, OrderStatus
from store.engine.payments import legacy_payments
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
    keep_checkout: bool = (
        False  # the opposite of Saleor's `removeCheckout`  # the opposite of Saleor's `removeCheckout`
    )


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
    """As `complete`. On InsufficientStock a paid checkout is marked for the merchant before the error is raised."""
    try:
        with transaction.atomic(durable=True):
            return _complete(checkout_id, options)
    except InsufficientStock as shortage:
        _record_completion_problem(checkout_id, shortage)
        raise


def _complete(checkout_id: UUID, options: CompletionOptions) -> Order:
    try:
        checkout = queries.lock(checkout_id)
    except NotFound:
        return existing_order(checkout_id)
    if checkout.has_order and (order := order_queries.find_by_checkout(checkout_id)):
        return order
    lines = queries.lines_of(checkout)
    _check(checkout, lines)
    _check_addresses(checkout, lines)
    code = _locked_code(checkout)
    quoted = checkout.__dict__["_quote"] = calculate(checkout, lines, code=code)
    if checkout.voucher_code and quoted.voucher is None:
        raise OperationError("Voucher not applicable", field="voucherCode", code="VOUCHER_NOT_APPLICABLE")
    items = _locked_transactions(checkout)
    payment = _process_legacy_payment(checkout, quoted, items)
    if not options.allow_unpaid:
        _check_payment(checkout, quoted, items, payment)

    order = build_order(checkout, quoted, [*items, *([payment] if payment else [])])
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
    _use_discounts(checkout, order, quoted)
    if items:
        TransactionItem.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    if payment:
        Payment.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    _remember_addresses(checkout)
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


def _check(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    if not checkout.email:
        raise OperationError("Checkout email must be set.", field="email", code="EMAIL_NOT_SET")
    unavailable = problems.unavailable_line_ids(checkout, lines) if lines else set()
    if unavailable:
        raise CheckoutError(
            "Some of the checkout lines variants are unavailable.",
            code="UNAVAILABLE_VARIANT_IN_CHANNEL",
            variants=[line.variant_id for line in lines if line.pk in unavailable],
        )
    if not lines:
        raise CheckoutError("Cannot complete checkout without lines.", code="NO_LINES")
    if not checkout.channel.is_active:
        raise OperationError(
            "Cannot complete checkout with inactive channel.", field="channel", code="CHANNEL_INACTIVE"
        )
    if queries.needs_shipping(lines):
        _check_delivery(checkout)
    if checkout.billing_address is None:
        raise OperationError(
            "Billing address is not set", field="billingAddress", code="BILLING_ADDRESS_NOT_SET"
        )


def _check_delivery(checkout: Checkout) -> None:
    if checkout.delivery is None and checkout.collection_point is None:
        raise OperationError(
            "Shipping method is not set", field="shippingMethod", code="SHIPPING_METHOD_NOT_SET"
        )
    if checkout.shipping_address is None:
        raise OperationError(
            "Shipping address is not set", field="shippingAddress", code="SHIPPING_ADDRESS_NOT_SET"
        )
    if checkout.delivery is None:
        return
    if delivery_options.is_stale(checkout):
        delivery_options.refresh(checkout)
    if not checkout.delivery.is_valid or not checkout.delivery.active:
        raise OperationError(
            "Delivery method is not valid for your shipping address",
            field="shippingMethod",
            code="INVALID_SHIPPING_METHOD",
        )


def _check_addresses(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    """Validate in full the addresses that were accepted with validation switched off."""
    kinds: list[tuple[str, Address | None]] = [("BILLING", checkout.billing_address)]
    if queries.needs_shipping(lines):
        kinds.append(("SHIPPING", checkout.shipping_address))
    for kind, address in kinds:
        if address is not None and address.validation_skipped:
            address_validation.clean_address(address.as_dict(), address_type=kind)


def _locked_code(checkout: Checkout) -> VoucherCode | None:
    if not checkout.voucher_code:
        return None
    return voucher_eligibility.find_active_code(checkout.voucher_code, checkout.channel, lock=True)


def _locked_transactions(checkout: Checkout) -> list[TransactionItem]:
    rows = TransactionItem.objects.filter(checkout_id=checkout.pk).select_for_update().order_by("pk")
    return list(rows)


def _check_payment(
    checkout: Checkout, quoted: Quote, items: Sequence[TransactionItem], payment: Payment | None
) -> None:
    if payment is not None:
        return
    status = checkout_charge_status.status_for_total(quoted.total.gross.amount, items, has_lines=True)
    if status.authorize_status != "FULL" and not checkout.channel.allow_unpaid_orders:
        if not items:
            message = "Provided payment methods can not cover the checkout's total amount"
            raise OperationError(message, code="CHECKOUT_NOT_FULLY_PAID")
        message = "The authorized amount doesn't cover the checkout's total amount."
        raise OperationError(message, field="id", code="CHECKOUT_NOT_FULLY_PAID")


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


def _use_discounts(checkout: Checkout, order: Order, quoted: Quote) -> None:
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
    if cards := gift_cards_of(checkout):
        gift_cards.spend(
            cards,
            quoted.total_before_gift_cards.gross.amount,
            order_id=order.pk,
            user=checkout.user,
            email=order.user_email,
        )
        order.gift_cards.add(*cards)


def _remember_addresses(checkout: Checkout) -> None:
    if checkout.user is None:
        return
    if checkout.save_billing_address and checkout.billing_address:
        address_book.store_address(user=checkout.user, address=checkout.billing_address, kind="BILLING")
    if checkout.save_shipping_address and checkout.shipping_address and not checkout.collection_point_id:
        address_book.store_address(user=checkout.user, address=checkout.shipping_address, kind="SHIPPING")


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


def _record_completion_problem(checkout_id: UUID, shortage: InsufficientStock) -> None:
    """Mark a charged checkout whose stock ran out, so that the merchant refunds it or restocks."""
    paid = TransactionItem.objects.filter(checkout_id=checkout_id, charged_value__gt=0).exists()
    if not paid:
        return
    with transaction.atomic(durable=True):
        missing_stock = ", ".join(
            f"{short.sku or short.variant_id}: {short.available} of {short.requested}"
            for short in shortage.shortages
        )
        message = f"Paid, but too little stock ({missing_stock})"[:255]
        unmarked = Checkout.objects.filter(pk=checkout_id).exclude(completion_problem=message)
        if unmarked.update(completion_problem=message):
            events.record_event("CHECKOUT_UPDATED", kind="Checkout", pk=checkout_id, problem=message)
            log.warning("checkout %s can't become an order: %s", checkout_id, message)
