"""The checkout of somebody who is logged in: begins with their email and usual addresses, and is of their account."""

import logging
from dataclasses import replace

from django.http import HttpRequest

from store.saleor.client.account_addresses import AccountAddressesMeAddresses
from store.saleor.errors import Refused, check
from store.saleor.order_answers import postal_address
from store.saleor.postal_address import PostalAddress
from store.storefront.account import session
from store.storefront.cart_contents import Checkout

log = logging.getLogger(__name__)


def prefilled(request: HttpRequest, checkout: Checkout) -> Checkout:
    """What the form shows first. Nothing is saved by it, and nothing that was entered before is replaced."""
    if checkout.email or checkout.shipping_address:
        return checkout
    client = session.client(request)
    me = client.account_addresses().me if client else None
    if me is None:
        return checkout
    shipping = _first(me.addresses, "is_default_shipping_address")
    billing = _first(me.addresses, "is_default_billing_address") or shipping
    return replace(
        checkout, email=me.email, shipping_address=shipping or billing, billing_address=billing or shipping
    )


def _first(addresses: list[AccountAddressesMeAddresses], flag: str) -> PostalAddress | None:
    """The usual address, or else the only one."""
    usual = next((one for one in addresses if getattr(one, flag)), None)
    chosen = usual or (addresses[0] if len(addresses) == 1 else None)
    return postal_address(chosen) if chosen else None


def attach(request: HttpRequest, checkout: Checkout) -> None:
    """The order will be in the account's list. A checkout that belongs to somebody already stays as it is."""
    client = session.client(request)
    if client is None:
        return
    try:
        check(client.checkout_customer_attach(id=checkout.id).checkout_customer_attach)
    except Refused as refused:
        log.info("the checkout stays without account: %s", refused)
