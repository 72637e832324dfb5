"""Records CHECKOUT_FULLY_PAID and CHECKOUT_FULLY_AUTHORIZED when payments come to cover a checkout's total."""

from collections.abc import Iterator
from contextlib import contextmanager

from store.engine import events
from store.engine.checkout.loaded_checkout import LoadedCheckout

EVENTS = ("CHECKOUT_FULLY_PAID", "CHECKOUT_FULLY_AUTHORIZED")


@contextmanager
def recording(loaded: LoadedCheckout | None) -> Iterator[None]:
    """Wrap a change of a checkout's transactions, inside the caller's transaction; record the events that became
    true.

    Without subscribers nothing is calculated.
    """
    if loaded is None or not any(events.has_subscribers(event) for event in EVENTS):
        yield
        return
    before = _covered(loaded.changed())
    yield
    for event in _covered(loaded.changed()) - before:
        events.record_event(event, kind="Checkout", pk=loaded.checkout.pk)


def _covered(loaded: LoadedCheckout) -> set[str]:
    status = loaded.payment_status
    paid = {"CHECKOUT_FULLY_PAID"} if status.charge_status in ("FULL", "OVERCHARGED") else set()
    return paid | ({"CHECKOUT_FULLY_AUTHORIZED"} if status.authorize_status == "FULL" else set())
