"""Records CHECKOUT_FULLY_PAID and CHECKOUT_FULLY_AUTHORIZED when payments come to cover a checkout's total."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.engine import events
from store.engine.checkout import charge_status, queries
from store.engine.checkout.models import Checkout

EVENTS = ("CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED")


@contextmanager
def recording(checkout: Checkout | None) -> Iterator[None]:
    """Wrap a change of a checkout's transactions, inside the caller's transaction; record the events that became
    true.

    Without subscribers nothing is calculated.
    """
    if checkout is None or not any(events.has_subscribers(event) for event in EVENTS):
        yield
        return
    before = _covered(checkout)
    yield
    for event in _covered(checkout) - before:
        events.record_event(event, kind="Checkout", pk=checkout.pk)


def _covered(checkout: Checkout) -> set[str]:
    queries.clear_cached_prices(checkout)
    status = charge_status.payment_status(checkout)
    paid = {"CHECKOUT_FULLY_PAID"} if status.charge_status in ("FULL", "OVERCHARGED") else set()
    return paid | ({"CHECKOUT_FULLY_AUTHORIZED"} if status.authorize_status == "FULL" else set())
