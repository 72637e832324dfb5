"""From basket to order, exactly once.

One transaction: the checkout row is locked, everything is checked and worked out under that lock, stock is promised,
the order is written with the facts the world shall hear, and the checkout row goes. Whoever comes second waits for
the lock, finds the row gone and gets the same order. If stock ran out although money was taken, nothing is sold twice:
the basket stays, marked for the merchant, and the shopper is told what is missing.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from store.engine import events
from store.engine.accounts import address_book, address_validation
from store.engine.accounts.models import Address, User
from store.engine.checkout import charge_status as checkout_charge_status
from store.engine.checkout import delivery_options, problems, queries
from store.engine.checkout.errors import BasketRefusal
from store.engine.checkout.models import Checkout, CheckoutDelivery, CheckoutLine
from store.engine.checkout.order_from_checkout import order_lines, order_of
from store.engine.checkout.quote import Quote, cards_of, work_out
from store.engine.discounts import gift_cards, voucher_eligibility
from store.engine.discounts.models import VoucherCode
from store.engine.errors import NotFound, Refusal
from store.engine.orders import charge_status, order_events
from store.engine.orders import queries as order_loading
from store.engine.orders.models import Order, OrderDiscount, OrderLine, OrderStatus
from store.engine.payments import legacy_payments
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.allocations import Demand, allocate
from store.engine.stock.errors import InsufficientStock
from store.engine.stock.reservations import release

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """How a basket shall be completed."""

    metadata: Mapping[str, str] = field(default_factory=dict)
    private_metadata: Mapping[str, str] = field(default_factory=dict)
    redirect_url: str | None = None
    automatic: bool = False  # by the sweep
    unpaid: bool = False  # by an app that answers for the money
    keep_basket: bool = False


def complete(
    *,
    checkout_id: UUID,
    metadata: Mapping[str, str] | None = None,
    redirect_url: str | None = None,
    automatic: bool = False,
) -> Order:
    """The order of this checkout, made now or before. Raises Refusal, Refusals, BasketRefusal, InsufficientStock."""
    return fulfil_wish(checkout_id, Wish(metadata or {}, redirect_url=redirect_url, automatic=automatic))


def fulfil_wish(checkout_id: UUID, wish: Wish) -> Order:
    try:
        with transaction.atomic(durable=True):
            return _complete(checkout_id, wish)
    except InsufficientStock as shortage:
        _tell_merchant(checkout_id, shortage)
        raise


def _complete(checkout_id: UUID, wish: Wish) -> Order:
    try:
        checkout = queries.lock(checkout_id)
    except NotFound:
        return made_before(checkout_id)
    if checkout.was_kept and (order := order_loading.of_checkout(checkout_id)):
        return order
    lines = queries.lines_of(checkout)
    _check(checkout, lines)
    _check_addresses(checkout, lines)
    code = _locked_code(checkout)
    quoted = checkout.__dict__["_quote"] = work_out(checkout, lines, code=code)
    if checkout.voucher_code and quoted.voucher is None:
        raise Refusal("Voucher not applicable", field="voucherCode", code="VOUCHER_NOT_APPLICABLE")
    items = _locked_transactions(checkout)
    payment = _older_payment(checkout, quoted, items)
    if not wish.unpaid:
        _check_payment(checkout, quoted, items, payment)

    order = order_of(checkout, quoted, [*items, *([payment] if payment else [])])
    order.metadata |= wish.metadata
    order.private_metadata |= wish.private_metadata
    order.redirect_url = wish.redirect_url or checkout.redirect_url
    if checkout.user_id is None and checkout.email:
        order.user = User.objects.filter(email=checkout.email.lower(), is_active=True).first()
    order.number = order_loading.next_number()
    charge_status.set_on(order, items, payments=[payment] if payment else [])
    if order.is_paid and checkout.channel.automatically_confirm_all_new_orders:
        order.status = OrderStatus.UNFULFILLED
    order.save(force_insert=True)
    made = OrderLine.objects.bulk_create(order_lines(order, checkout, quoted))
    _promise_stock(checkout, made)
    _use_discounts(checkout, order, quoted)
    if items:
        TransactionItem.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    if payment:
        Payment.objects.filter(checkout_id=checkout.pk).update(checkout_id=None, order_id=order.pk)
    _remember_addresses(checkout)
    _tell(order, items, automatic=wish.automatic)
    if wish.keep_basket:
        _keep(checkout)
    else:
        _remove(checkout)
    return order


def _older_payment(checkout: Checkout, quoted: Quote, items: Sequence[TransactionItem]) -> Payment | None:
    """A payment of the older kind is carried out only now; transactions, where there are any, go first."""
    if items:
        return None
    payment = legacy_payments.active_of(checkout.pk)
    if payment is None or payment.total < quoted.total.gross.amount:
        return None
    legacy_payments.process(payment)
    return payment


def _keep(checkout: Checkout) -> None:
    """The basket stays, with address rows of its own: its former ones are the order's now."""
    for name in ("billing_address", "shipping_address"):
        address: Address | None = getattr(checkout, name)
        if address is not None:
            setattr(checkout, name, address.copy())
    checkout.was_kept = True
    checkout.save()


def made_before(checkout_id: UUID) -> Order:
    order = order_loading.of_checkout(checkout_id)
    if order is None:
        raise NotFound("Couldn't resolve to a node: there is no such checkout.", field="id")
    return order


def _check(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    if not checkout.email:
        raise Refusal("Checkout email must be set.", field="email", code="EMAIL_NOT_SET")
    gone = problems.unavailable(checkout, lines) if lines else set()
    if gone:
        raise BasketRefusal(
            "Some of the checkout lines variants are unavailable.",
            code="UNAVAILABLE_VARIANT_IN_CHANNEL",
            variants=[line.variant_id for line in lines if line.pk in gone],
        )
    if not lines:
        raise BasketRefusal("Cannot complete checkout without lines.", code="NO_LINES")
    if not checkout.channel.is_active:
        raise Refusal(
            "Cannot complete checkout with inactive channel.", field="channel", code="CHANNEL_INACTIVE"
        )
    if queries.needs_shipping(lines):
        _check_delivery(checkout)
    if checkout.billing_address is None:
        raise Refusal("Billing address is not set", field="billingAddress", code="BILLING_ADDRESS_NOT_SET")


def _check_delivery(checkout: Checkout) -> None:
    if checkout.delivery is None and checkout.collection_point is None:
        raise Refusal("Shipping method is not set", field="shippingMethod", code="SHIPPING_METHOD_NOT_SET")
    if checkout.shipping_address is None:
        raise Refusal("Shipping address is not set", field="shippingAddress", code="SHIPPING_ADDRESS_NOT_SET")
    if checkout.delivery is None:
        return
    if delivery_options.is_stale(checkout):
        delivery_options.renew(checkout)
    if not checkout.delivery.is_valid or not checkout.delivery.active:
        raise Refusal(
            "Delivery method is not valid for your shipping address",
            field="shippingMethod",
            code="INVALID_SHIPPING_METHOD",
        )


def _check_addresses(checkout: Checkout, lines: Sequence[CheckoutLine]) -> None:
    """Addresses that were taken with checks switched off must be whole by now."""
    kinds: list[tuple[str, Address | None]] = [("BILLING", checkout.billing_address)]
    if queries.needs_shipping(lines):
        kinds.append(("SHIPPING", checkout.shipping_address))
    for kind, address in kinds:
        if address is not None and address.validation_skipped:
            address_validation.cleaned(address.parts(), address_type=kind)


def _locked_code(checkout: Checkout) -> VoucherCode | None:
    if not checkout.voucher_code:
        return None
    return voucher_eligibility.active_code(checkout.voucher_code, checkout.channel, lock=True)


def _locked_transactions(checkout: Checkout) -> list[TransactionItem]:
    rows = TransactionItem.objects.filter(checkout_id=checkout.pk).select_for_update().order_by("pk")
    return list(rows)


def _check_payment(
    checkout: Checkout, quoted: Quote, items: Sequence[TransactionItem], payment: Payment | None
) -> None:
    if payment is not None:
        return
    found = checkout_charge_status.reckon(quoted.total.gross.amount, items, has_lines=True)
    if found.authorize_status != "FULL" and not checkout.channel.allow_unpaid_orders:
        if not items:
            said = "Provided payment methods can not cover the checkout's total amount"
            raise Refusal(said, code="CHECKOUT_NOT_FULLY_PAID")
        said = "The authorized amount doesn't cover the checkout's total amount."
        raise Refusal(said, field="id", code="CHECKOUT_NOT_FULLY_PAID")


def _promise_stock(checkout: Checkout, made: Sequence[OrderLine]) -> None:
    own = [line.pk for line in made]  # an order line keeps the id of the basket's line
    allocate(
        demand=[Demand(line.pk, line.variant_id, line.quantity) for line in made if line.variant_id],
        channel=checkout.channel,
        country=queries.country_of(checkout),
        collection_point=checkout.collection_point,
        ignoring_lines=own,
    )
    release(lines=own)


def _use_discounts(checkout: Checkout, order: Order, quoted: Quote) -> None:
    if quoted.voucher_code and quoted.voucher:
        voucher_eligibility.count_use(quoted.voucher_code, email=order.user_email)
        if not quoted.voucher.for_lines:
            OrderDiscount.objects.create(
                order=order,
                value=quoted.discount,
                amount_value=quoted.discount,
                currency=order.currency,
                name=quoted.voucher.name or "",
                reason=f"Voucher code: {quoted.voucher_code.code}",
            )
    if cards := cards_of(checkout):
        gift_cards.spend(
            cards,
            quoted.total_before_cards.gross.amount,
            order_id=order.pk,
            user=checkout.user,
            email=order.user_email,
        )
        order.gift_cards.add(*cards)


def _remember_addresses(checkout: Checkout) -> None:
    if checkout.user is None:
        return
    if checkout.save_billing_address and checkout.billing_address:
        address_book.remember(user=checkout.user, address=checkout.billing_address, kind="BILLING")
    if checkout.save_shipping_address and checkout.shipping_address and not checkout.collection_point_id:
        address_book.remember(user=checkout.user, address=checkout.shipping_address, kind="SHIPPING")


def _tell(order: Order, items: Sequence[TransactionItem], *, automatic: bool) -> None:
    """The facts of a new order, in the transaction that makes it."""
    placed = "PLACED_AUTOMATICALLY_FROM_PAID_CHECKOUT" if automatic else "PLACED"
    sentences = [order_events.sentence(order, placed)]
    facts = ["ORDER_CREATED"]
    if order.is_paid:
        facts += ["ORDER_PAID", "ORDER_FULLY_PAID"]
        gateway = next((item.app_identifier for item in items if item.app_identifier), None)
        sentences.append(
            order_events.sentence(
                order, "ORDER_FULLY_PAID", **({"payment_gateway": gateway} if gateway else {})
            )
        )
    if order.status == OrderStatus.UNFULFILLED:
        facts.append("ORDER_CONFIRMED")
        sentences.append(order_events.sentence(order, "CONFIRMED"))
    events.record(*facts, kind="Order", pk=order.pk)
    order_events.tell(*sentences)


def _remove(checkout: Checkout) -> None:
    """The basket's rows, in as many statements as there are tables: nothing else points at them."""
    using = connection.alias
    if checkout.has_gift_cards:
        checkout.gift_cards.clear()
    for rows in (
        CheckoutLine.objects.filter(checkout=checkout.pk),
        CheckoutDelivery.objects.filter(checkout=checkout.pk),
        Checkout.objects.filter(pk=checkout.pk),
    ):
        rows._raw_delete(using)


def _tell_merchant(checkout_id: UUID, shortage: InsufficientStock) -> None:
    """Money was taken and the goods are gone: the basket waits, marked, for the merchant to refund or restock."""
    paid = TransactionItem.objects.filter(checkout_id=checkout_id, charged_value__gt=0).exists()
    if not paid:
        return
    with transaction.atomic(durable=True):
        lacking = ", ".join(
            f"{one.sku or one.variant_id}: {one.available} of {one.wanted}" for one in shortage.shortages
        )
        said = f"Paid, but too little stock ({lacking})"[:255]
        changed = Checkout.objects.filter(pk=checkout_id).exclude(completion_problem=said)
        if changed.update(completion_problem=said):
            events.record("CHECKOUT_UPDATED", kind="Checkout", pk=checkout_id, problem=said)
            log.warning("checkout %s can't become an order: %s", checkout_id, said)
