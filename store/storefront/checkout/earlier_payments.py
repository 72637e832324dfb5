"""Payments of a checkout that may have taken money, or still may: nothing else is charged beside them.

Read from the shop, which knows each payment, so that it holds for the embedded engine and for a real Saleor: the latter
takes a second amount, and a second app under the key of the first, while the first app is silent.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum, auto

from store.rate_limits import on_both
from store.saleor import clients
from store.saleor.client.checkout_transactions import CheckoutTransactionsCheckoutTransactions as Transaction
from store.saleor.client.enums import TransactionEventTypeEnum as EventType
from store.saleor.errors import GraphQLError
from store.saleor.whole_numbers import whole_number
from store.storefront.checkout import gateways

log = logging.getLogger(__name__)

LEASE = 60  # seconds; longer than a shop and its payment app take to answer
REQUESTS = (EventType.CHARGE_REQUEST, EventType.AUTHORIZATION_REQUEST)
TO_CONFIRM = (EventType.CHARGE_ACTION_REQUIRED, EventType.AUTHORIZATION_ACTION_REQUIRED)


@dataclass(frozen=True, slots=True)
class PaymentKey:
    """What a payment was begun with: its idempotency key. Saleor refuses one that was used for another amount, and
    not one that was used for another app, so that both are part of it.
    """

    checkout_id: str
    gateway_id: str
    amount: Decimal
    attempt: int

    def __str__(self) -> str:
        return f"{self.checkout_id}:{self.gateway_id}:{self.amount:f}:{self.attempt}"


class State(Enum):
    SILENT = auto()  # the app was asked, and nobody has said what became of it
    TO_CONFIRM = auto()  # it waits for the shopper
    ANSWERED = auto()


@dataclass(frozen=True, slots=True)
class EarlierPayment:
    transaction_id: str
    key: str
    state: State

    def is_of(self, gateway_id: str, key: PaymentKey) -> bool:
        """Whether it was begun with this gateway for the checkout and amount of `key`."""
        return self.key.startswith(f"{key.checkout_id}:{gateway_id}:{key.amount:f}:")

    def was_given_up(self, key: PaymentKey) -> bool:
        """Whether it waits for a shopper who has gone on to a later attempt: what became of it was asked then."""
        begun, _, attempt = self.key.rpartition(":")
        is_ours = begun.startswith(f"{key.checkout_id}:")
        return self.state is State.TO_CONFIRM and is_ours and (whole_number(attempt) or 0) < key.attempt


def unsettled(checkout_id: str) -> list[EarlierPayment]:
    """Those that nobody has told the result of. The dummy app's never: no money moves there. Raises SaleorError."""
    try:
        checkout = clients.staff().checkout_transactions(id=checkout_id).checkout
    except GraphQLError as error:
        if "PermissionDenied" not in error.codes:
            raise
        log.warning("may not read payments: give the app MANAGE_CHECKOUTS with `manage.py connect_saleor`")
        return []
    found = [_read(one) for one in (checkout.transactions if checkout else None) or ()]
    return [
        one
        for one in found
        if one.state is not State.ANSWERED and not one.key.startswith(f"{checkout_id}:{gateways.DUMMY}:")
    ]


def _read(transaction: Transaction) -> EarlierPayment:
    """A failure that nobody created is the shop's own word for an app that did not answer. A payment without a key was
    ended by the shop, which knows that nothing was charged.
    """
    key = next((one.idempotency_key for one in transaction.events if one.idempotency_key), None) or ""
    told = {one.type_ for one in transaction.events if one.type_ and one.created_by}
    told |= {one.type_ for one in transaction.events if one.type_ and one.type_.value.endswith("_SUCCESS")}
    told.discard(EventType.INFO)
    if told:
        state = State.TO_CONFIRM if told <= set(TO_CONFIRM) else State.ANSWERED
    else:
        is_asked = bool(key) and any(one.type_ in REQUESTS for one in transaction.events)
        state = State.SILENT if is_asked else State.ANSWERED
    return EarlierPayment(transaction.id, key, state)


@contextmanager
def lease(checkout_id: str) -> Iterator[bool]:
    """Whether no other request pays for this checkout just now: two could both find nothing that is unsettled."""
    name = f"paying:{checkout_id}"
    is_free = on_both(lambda counts: counts.add(name, "", LEASE))
    try:
        yield is_free
    finally:
        if is_free:
            on_both(lambda counts: counts.delete(name))
