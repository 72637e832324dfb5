"""The ways to pay that Saleor lists for a checkout, and what each payment app wants to be told.

Three kinds are spoken to: the dummy app, which does what it is asked; Stripe's app, whose payment the shopper confirms
in Stripe's own fields on our page; any other, which answers at once or names an address that the shopper is led to.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from store.saleor import clients

DUMMY = "saleor.io.dummy-payment-app"
STRIPE = "saleor.app.payment.stripe"
# Listed by Saleor, and no ways to pay here: older plugins take no transactions, and a gift card is entered as a code.
NOT_OFFERED = ("mirumee.payments.", "saleor.io.gift-card-payment-gateway")
# Where payment apps put the address that the shopper is led to, in the data of their answer.
_ADDRESSES = (("redirectUrl",), ("redirect", "url"), ("action", "url"), ("paymentResponse", "action", "url"))


class Kind(StrEnum):
    DUMMY = "dummy"
    STRIPE = "stripe"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Gateway:
    """`name` as the merchant gave it to the app."""

    id: str
    name: str

    @property
    def kind(self) -> Kind:
        return {DUMMY: Kind.DUMMY, STRIPE: Kind.STRIPE}.get(self.id, Kind.OTHER)


def offered(checkout_id: str) -> list[Gateway]:
    """What the shopper may choose from; the dummy app only where made-up payments are allowed."""
    checkout = clients.storefront().payment_gateways(id=checkout_id).checkout
    listed = checkout.available_payment_gateways if checkout else []
    return [
        Gateway(one.id, one.name)
        for one in listed
        if not one.id.startswith(NOT_OFFERED) and (one.id != DUMMY or settings.DUMMY_PAYMENTS)
    ]


def request_data(gateway: Gateway, *, is_declined: bool, return_url: str) -> dict[str, Any]:
    """What `transactionInitialize` hands to the app. `is_declined`: the outcome that the dummy app is asked for."""
    if gateway.kind is Kind.DUMMY:
        outcome = "CHARGE_FAILURE" if is_declined else "CHARGE_SUCCESS"
        return {"event": {"type": outcome, "includePspReference": True}}
    if gateway.kind is Kind.STRIPE:
        return {"paymentIntent": {"paymentMethod": "card"}}
    return {"returnUrl": return_url}


def client_secret(data: Any) -> str:
    """Stripe's secret of this payment, with which the browser confirms it; empty without one."""
    return _text_at(data, ("paymentIntent", "stripeClientSecret"))


def redirect_address(data: Any) -> str:
    """The https address that the app leads the shopper to; empty without one."""
    for path in _ADDRESSES:
        address = _text_at(data, path)
        if urlsplit(address).scheme == "https":
            return address
    return ""


def _text_at(data: Any, path: tuple[str, ...]) -> str:
    for key in path:
        data = data.get(key) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""
