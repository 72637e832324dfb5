"""Telling that the money on a basket has come to cover it, to whoever waits for that."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.engine import events
from store.engine.checkout import charge_status, queries
from store.engine.checkout.models import Checkout

EVENTS = ("CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED")


@contextmanager
def told(checkout: Checkout | None) -> Iterator[None]:
    """Around a change of a basket's transactions, inside the caller's transaction."""
    if checkout is None or not any(events.wanted(event) for event in EVENTS):
        yield
        return
    before = _covered(checkout)
    yield
    for event in _covered(checkout) - before:
        events.record(event, kind="Checkout", pk=checkout.pk)


def _covered(checkout: Checkout) -> set[str]:
    queries.forget_prices(checkout)
    found = charge_status.paid(checkout)
    paid = {"CHECKOUT_FULLY_PAID"} if found.charge_status in ("FULL", "OVERCHARGED") else set()
    return paid | ({"CHECKOUT_FULLY_AUTHORIZED"} if found.authorize_status == "FULL" else set())
