"""Charging what is open of a checkout, and what the answer means for the shopper.

One attempt for each checkout, not for each form that was drawn: two tabs send the same idempotency key, and so does a
second try after an answer that never came. Another amount or another app is charged only after what was begun before
has come to nothing (`earlier_payments`). Only a payment that is known to have taken nothing is followed by a new
attempt, counted in a signed cookie: one that the payment app itself declined, or that waits for the shopper, who chose
another way to pay. An app that is silent, or whose answer can't be read, has declined nothing: it is asked about the
same attempt again, and nobody is told that nothing was charged.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.client.enums import TransactionEventTypeEnum
from store.saleor.errors import Problem, Refused, SaleorError, check
from store.saleor.whole_numbers import whole_number
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import earlier_payments, gateways, steps
from store.storefront.checkout.earlier_payments import EarlierPayment, Event, Lease, PaymentKey, State
from store.storefront.checkout.gateways import Gateway, Kind

COOKIE = "payment-attempt"
SALT = "storefront.payment-attempt"
MAX_AGE = 24 * 3600  # seconds
DECLINED = _("The payment was declined. Nothing was charged and your cart is as it was. You can try again.")
DECLINED_BESIDE_MONEY = _("The payment was declined. Your cart is as it was. You can try again.")
UNAVAILABLE = _("Paying is not possible at the moment. Please try again later.")
PRICE_CHANGED = _("The total has changed since you saw it. Please check it and pay again.")
REFUSED = _("The payment was not accepted. You can try again.")

# What the order would be refused for, by the field that the refusal of the payment names: (step to go to, message).
NOT_READY: dict[str, tuple[str, Promise]] = {
    "shippingMethod": (
        "storefront:delivery",
        _("The delivery you chose does not fit this order any more. Please choose again."),
    ),
    "voucherCode": (
        "storefront:payment",
        _("Your code does not apply to this order any more. Please remove it to go on."),
    ),
    "giftCards": (
        "storefront:payment",
        _(
            "Your gift card can't be used now; another cart may be paid with it already. Remove it to go on, or"
            " write to us."
        ),
    ),
    "channel": (
        "storefront:payment",
        _("This shop takes no orders at the moment. Please try again later."),
    ),
    "lines": (
        "storefront:cart",
        _("Not everything in your cart can be ordered any more."),
    ),
    "email": ("storefront:checkout", _("Please enter your email address.")),
    "shippingAddress": ("storefront:checkout", _("Please check your shipping address.")),
    "billingAddress": ("storefront:checkout", _("Please check your billing address.")),
    "amount": ("storefront:payment", PRICE_CHANGED),
}


class Result(Enum):
    CHARGED = auto()  # or authorized, or nothing was left to charge
    ACTION_REQUIRED = auto()  # the shopper has to confirm it, such as by 3-D Secure
    COMPLETED_ELSEWHERE = auto()  # the checkout is an order already
    IN_PROGRESS = auto()  # another request pays, or the answer did not come in time
    DECLINED = auto()
    REFUSED = auto()  # before anything was charged


@dataclass(frozen=True, slots=True)
class Charge:
    """`message` and `view_name` (of the step where it can be mended) for REFUSED.

    `transaction_id` and `data`, which the payment app has answered with, for ACTION_REQUIRED. `attempt`: its number,
    from 1.
    """

    result: Result
    message: str = ""
    view_name: str = "storefront:payment"
    transaction_id: str = ""
    data: Any = None
    attempt: int = 1


def charge(request: HttpRequest, agreed: Checkout, gateway: Gateway, *, return_url: str) -> Charge:
    """Charge what is open of the checkout. Raises SaleorError, but of a shop that is away only where it is known that
    no payment was begun: otherwise money may move, and the payment is in progress.

    agreed: the checkout as the shopper agreed to pay it. It was read before this request had the lease, so that another
    tab may have paid since: what is charged is read again. An earlier payment of another gateway or amount is asked
    about first: this one charges only where that took nothing.
    return_url: where a payment app that leads the shopper away sends them back to.
    """
    attempt = _attempt(request, agreed)
    is_declined = request.POST.get("card") == "declined"
    with earlier_payments.lease(agreed.id) as lease:
        if lease is None:
            return Charge(Result.IN_PROGRESS, attempt=attempt)
        unsettled: list[EarlierPayment] | None = None
        try:
            unsettled = earlier_payments.unsettled_if_permitted(agreed.id)
            charged = _settle_and_charge(agreed, gateway, unsettled, attempt, is_declined, lease, return_url)
        except SaleorError as error:
            if unsettled == []:
                raise
            charged = _no_answer(error)
        return replace(charged, attempt=attempt)


def _no_answer(error: SaleorError) -> Charge:
    """The shop is away, and money may be on its way. Raises what is wrong for good."""
    if not error.is_retryable:
        raise error
    return Charge(Result.IN_PROGRESS)


def _settle_and_charge(
    agreed: Checkout,
    gateway: Gateway,
    unsettled: list[EarlierPayment],
    attempt: int,
    is_declined: bool,
    lease: Lease,
    return_url: str,
) -> Charge:
    checkout = steps.read_checkout(agreed.id)  # after those: what is told meanwhile is in its balance
    if outcome := _without_charge(agreed, checkout):
        return outcome
    assert checkout is not None
    key = PaymentKey(checkout.id, gateway.id, checkout.open.amount, attempt)
    for earlier in unsettled:
        if earlier.key == str(key):
            continue
        asked = _ask_about(checkout, earlier, key, lease, return_url)
        if asked.result not in (Result.ACTION_REQUIRED, Result.DECLINED):
            return asked
    data = gateways.request_data(gateway, is_declined=is_declined, return_url=return_url)
    return _initialize(checkout, gateway, data, str(key), lease)


def _without_charge(agreed: Checkout, checkout: Checkout | None) -> Charge | None:
    """What has become of the checkout while this request waited for the lease; None where it is as agreed."""
    if checkout is None:
        return Charge(Result.COMPLETED_ELSEWHERE)
    if checkout.is_covered:
        return Charge(Result.CHARGED)
    if checkout.open != agreed.open:
        return Charge(Result.REFUSED, str(PRICE_CHANGED))
    return None


def _ask_about(
    checkout: Checkout, earlier: EarlierPayment, key: PaymentKey, lease: Lease, return_url: str
) -> Charge:
    """What has become of an earlier payment, where the shopper now pays by another app or another amount.

    A silent app is asked again only for the amount that the shopper has just agreed to: it may not have charged yet.
    """
    if earlier.state is State.TO_CONFIRM:
        return ask_again(earlier.transaction_id)
    gateway = next((one for one in gateways.offered(checkout.id) if earlier.is_of(one.id, key)), None)
    if gateway is None:
        return Charge(Result.IN_PROGRESS)
    data = gateways.request_data(gateway, is_declined=False, return_url=return_url)
    charged = _initialize(checkout, gateway, data, earlier.key, lease)
    if charged.result is Result.ACTION_REQUIRED:  # was it confirmed meanwhile?
        return ask_again(charged.transaction_id)
    return Charge(Result.IN_PROGRESS) if charged.result is Result.REFUSED else charged


def _initialize(checkout: Checkout, gateway: Gateway, data: dict[str, Any], key: str, lease: Lease) -> Charge:
    """Where no answer came, Saleor may not have stored the payment yet: until then nothing else is charged."""
    if not lease.renew():
        return Charge(Result.IN_PROGRESS)
    try:
        answer = clients.storefront().transaction_initialize(
            id=checkout.id, amount=checkout.open.amount, gateway=gateway.id, data=data, idempotency_key=key
        )
        payload = check(answer.transaction_initialize)
    except Refused as refused:
        return _refused(refused.problems[0])
    except SaleorError as error:
        unanswered = _no_answer(error)
        lease.keep()
        return unanswered
    transaction_id = payload.transaction.id if payload.transaction else ""
    event = payload.transaction_event
    if gateway.kind is Kind.DUMMY and event and event.type_ is TransactionEventTypeEnum.CHARGE_FAILURE:
        return Charge(Result.DECLINED)  # no money moves there, whoever failed
    return _answered(event, transaction_id, payload.data)


def ask_again(transaction_id: str, data: Any = None) -> Charge:
    """What has become of a payment that the shopper had to confirm; a refusal to say it leaves that open, since money
    may have moved. `data`: what came back with them, for the app.
    """
    try:
        answer = clients.storefront().transaction_process(id=transaction_id, data=data)
        payload = check(answer.transaction_process)
    except Refused as refused:
        is_gone = "NOT_FOUND" in refused.codes
        return Charge(Result.COMPLETED_ELSEWHERE if is_gone else Result.IN_PROGRESS)
    except SaleorError as error:
        return _no_answer(error)
    return _answered(payload.transaction_event, transaction_id, payload.data)


def _answered(event: Event | None, transaction_id: str, data: Any) -> Charge:
    """An answer without a result comes later: the app reports it to Saleor, or is asked again. A failure is a decline
    only where the app said so.
    """
    outcome = event.type_.value.partition("_")[2] if event and event.type_ else ""
    if event and event.type_ is TransactionEventTypeEnum.CANCEL_SUCCESS:
        return Charge(Result.DECLINED)
    if event and outcome == "FAILURE":
        return Charge(Result.DECLINED if earlier_payments.was_told(event) else Result.IN_PROGRESS)
    if outcome == "SUCCESS":
        return Charge(Result.CHARGED)
    if outcome == "ACTION_REQUIRED":
        return Charge(Result.ACTION_REQUIRED, transaction_id=transaction_id, data=data)
    return Charge(Result.IN_PROGRESS)


def _refused(problem: Problem) -> Charge:
    if problem.code in ("CHECKOUT_COMPLETION_IN_PROGRESS", "UNIQUE"):
        return Charge(Result.IN_PROGRESS)
    if problem.code == "NOT_FOUND":
        is_gateway = problem.field == "paymentGateway"
        return Charge(Result.REFUSED, str(UNAVAILABLE)) if is_gateway else Charge(Result.COMPLETED_ELSEWHERE)
    view_name, message = NOT_READY.get(problem.field or "", ("storefront:payment", REFUSED))
    return Charge(Result.REFUSED, str(message), view_name)


def declined(checkout: Checkout) -> str:
    """What to say of DECLINED: that nothing was charged only where no money has been received before."""
    return str(DECLINED_BESIDE_MONEY if checkout.paid.amount else DECLINED)


def begin_new_attempt(request: HttpRequest, response: HttpResponse, checkout: Checkout) -> None:
    """After a payment that took nothing: the next one is another, no repetition of this."""
    keep_attempt(request, response, checkout, _attempt(request, checkout) + 1)


def keep_attempt(request: HttpRequest, response: HttpResponse, checkout: Checkout, attempt: int) -> None:
    """The next payment is this attempt: a repetition, or a new one where it has not been begun."""
    response.set_signed_cookie(
        COOKIE,
        f"{checkout.id}|{attempt}",
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _attempt(request: HttpRequest, checkout: Checkout) -> int:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE) or ""
    checkout_id, _, number = value.partition("|")
    return (whole_number(number) if checkout_id == checkout.id else None) or 1
