"""Charging what is open of a checkout, and what the answer means for the shopper.

One attempt for each checkout, not for each form that was drawn: two tabs send the same idempotency key, and so does a
second try after an answer that never came. Only a declined payment begins a new attempt, counted in a signed cookie.
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.client.enums import TransactionEventTypeEnum
from store.saleor.errors import NetworkError, Problem, Refused, check
from store.saleor.whole_numbers import whole_number
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import gateways
from store.storefront.checkout.gateways import Gateway

COOKIE = "payment-attempt"
SALT = "storefront.payment-attempt"
MAX_AGE = 24 * 3600  # seconds
DECLINED = _("The payment was declined. Nothing was charged and your cart is as it was. You can try again.")
UNAVAILABLE = _("Paying is not possible at the moment. Nothing was charged. Please try again later.")
PRICE_CHANGED = _(
    "The total has changed since you saw it. Nothing was charged. Please check it and pay again."
)
REFUSED = _("The payment was not accepted. Nothing was charged. You can try again.")

# What the order would be refused for, by the field that the refusal of the payment names: (step to go to, message).
NOT_READY: dict[str, tuple[str, Promise]] = {
    "shippingMethod": (
        "storefront:delivery",
        _(
            "The delivery you chose does not fit this order any more. Nothing was charged. Please choose again."
        ),
    ),
    "voucherCode": (
        "storefront:payment",
        _("Your code does not apply to this order any more. Nothing was charged. Please remove it to go on."),
    ),
    "giftCards": (
        "storefront:payment",
        _("Your gift card can't be used any more. Nothing was charged. Please write to us."),
    ),
    "channel": (
        "storefront:payment",
        _("This shop takes no orders at the moment. Nothing was charged. Please try again later."),
    ),
    "lines": (
        "storefront:cart",
        _("Not everything in your cart can be ordered any more. Nothing was charged."),
    ),
    "email": ("storefront:checkout", _("Please enter your email address. Nothing was charged.")),
    "shippingAddress": ("storefront:checkout", _("Please check your shipping address. Nothing was charged.")),
    "billingAddress": ("storefront:checkout", _("Please check your billing address. Nothing was charged.")),
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
    """`message` and `view_name` (of the step where it can be mended) for DECLINED and REFUSED.

    `transaction_id` and `data`, which the payment app has answered with, for ACTION_REQUIRED.
    """

    result: Result
    message: str = ""
    view_name: str = "storefront:payment"
    transaction_id: str = ""
    data: Any = None


class Event(Protocol):
    """The event that a payment app has answered with."""

    @property
    def type_(self) -> TransactionEventTypeEnum | None: ...


def charge(request: HttpRequest, checkout: Checkout, gateway: Gateway, *, return_url: str) -> Charge:
    """Charge what is open. Raises SaleorError, but not NetworkError: then it is not known whether money moved.

    `return_url`: where a payment app that leads the shopper away sends them back to.
    """
    if checkout.is_covered:
        return Charge(Result.CHARGED)
    declined = request.POST.get("card") == "declined"
    try:
        answer = clients.storefront().transaction_initialize(
            id=checkout.id,
            amount=checkout.open.amount,
            gateway=gateway.id,
            data=gateways.request_data(gateway, is_declined=declined, return_url=return_url),
            idempotency_key=_idempotency_key(request, checkout),
        )
        payload = check(answer.transaction_initialize)
    except NetworkError:
        return Charge(Result.IN_PROGRESS)
    except Refused as refused:
        return _refused(refused.problems[0])
    transaction_id = payload.transaction.id if payload.transaction else ""
    return _answered(payload.transaction_event, transaction_id, payload.data)


def ask_again(transaction_id: str, data: Any = None) -> Charge:
    """What has become of a payment that the shopper had to confirm. `data`: what came back with them, for the app."""
    try:
        answer = clients.storefront().transaction_process(id=transaction_id, data=data)
        payload = check(answer.transaction_process)
    except NetworkError:
        return Charge(Result.IN_PROGRESS)
    except Refused as refused:
        return _refused(refused.problems[0])
    return _answered(payload.transaction_event, transaction_id, payload.data)


def _answered(event: Event | None, transaction_id: str, data: Any) -> Charge:
    """An answer without a result comes later: the app reports it to Saleor."""
    outcome = event.type_.value.partition("_")[2] if event and event.type_ else ""
    if outcome == "FAILURE" or (event and event.type_ is TransactionEventTypeEnum.CANCEL_SUCCESS):
        return Charge(Result.DECLINED, str(DECLINED))
    if outcome == "SUCCESS":
        return Charge(Result.CHARGED)
    if outcome == "ACTION_REQUIRED":
        return Charge(Result.ACTION_REQUIRED, transaction_id=transaction_id, data=data)
    return Charge(Result.IN_PROGRESS)


def _refused(problem: Problem) -> Charge:
    if problem.code == "CHECKOUT_COMPLETION_IN_PROGRESS":
        return Charge(Result.IN_PROGRESS)
    if problem.code == "NOT_FOUND":
        is_gateway = problem.field == "paymentGateway"
        return Charge(Result.REFUSED, str(UNAVAILABLE)) if is_gateway else Charge(Result.COMPLETED_ELSEWHERE)
    view_name, message = NOT_READY.get(problem.field or "", ("storefront:payment", REFUSED))
    return Charge(Result.REFUSED, str(message), view_name)


def begin_new_attempt(request: HttpRequest, response: HttpResponse, checkout: Checkout) -> None:
    """After a declined payment: the next one is another, no repetition of this."""
    response.set_signed_cookie(
        COOKIE,
        f"{checkout.id}|{_attempt(request, checkout) + 1}",
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _idempotency_key(request: HttpRequest, checkout: Checkout) -> str:
    """Saleor refuses a key that was used for another amount, so the amount is part of it."""
    return f"{checkout.id}:{checkout.open.amount:f}:{_attempt(request, checkout)}"


def _attempt(request: HttpRequest, checkout: Checkout) -> int:
    value = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE) or ""
    checkout_id, _, number = value.partition("|")
    return (whole_number(number) if checkout_id == checkout.id else None) or 1
