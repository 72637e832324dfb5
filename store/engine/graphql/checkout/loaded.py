"""Checkouts with the rows read for them, kept for one request."""

from typing import Any

from store.engine.checkout.loaded_checkout import LoadedCheckout
from store.engine.checkout.models import Checkout
from store.engine.graphql.registry import Info


def loaded_checkout(checkout: Checkout, info: Info) -> LoadedCheckout:
    """The checkout's lines, quote and payments, read once for this row in this request."""
    found: LoadedCheckout = info.context.get_or_set(_key(checkout), lambda: LoadedCheckout(checkout))
    return found


def checkout_payload(info: Info, loaded: LoadedCheckout) -> dict[str, Any]:
    """The payload of a mutation that leaves this checkout; its fields are answered from what is loaded."""
    info.context.cache[_key(loaded.checkout)] = loaded
    return {"checkout": loaded.checkout}


def _key(checkout: Checkout) -> tuple[str, int]:
    """Of the row object, which the LoadedCheckout keeps alive; a later mutation of the request brings a new one."""
    return "loaded checkout", id(checkout)
