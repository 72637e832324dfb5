"""Payments of a checkout that may have taken money, or still may: nothing else is charged beside them.

Read from the shop, which knows each payment, so that it holds for the embedded engine and for a real Saleor: the latter
takes a second amount, and a second app under the key of the first, while the first app is silent.
"""

import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import Enum, auto
from typing import Protocol, TypeVar

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from store.saleor import clients
from store.saleor.client.checkout_transactions import CheckoutTransactionsCheckoutTransactions as Transaction
from store.saleor.client.enums import TransactionEventTypeEnum as EventType
from store.saleor.errors import GraphQLError
from store.storefront.checkout import gateways
from store.storefront.models import PaymentLease
from store.storefront.values import Money, money

T = TypeVar("T")
log = logging.getLogger(__name__)

APP_SECONDS = 20  # what a shop waits for its payment app: 18 in a real Saleor, 20 in the embedded engine
SPARE_SECONDS = 10  # until the shop has stored what it was asked for
FORGOTTEN = timedelta(days=1)
REQUESTS = (EventType.CHARGE_REQUEST, EventType.AUTHORIZATION_REQUEST)
TO_CONFIRM = (EventType.CHARGE_ACTION_REQUIRED, EventType.AUTHORIZATION_ACTION_REQUIRED)
FAILURES = (EventType.CHARGE_FAILURE, EventType.AUTHORIZATION_FAILURE)
# How the shop's own words for a missing answer begin, or for one that it can't read; Saleor 3.23's payment/utils.py and
# the embedded engine's.
NO_ANSWER = (
    "Failed to delivery request",
    "Missing value for field",
    "Missing or invalid value for",
    "Incorrect value",
    "The payment app did not answer",
    "The answer of the payment app",
    "The transaction with provided `pspReference`",
    "Event with `AUTHORIZATION_SUCCESS` already reported",
)


class Event(Protocol):
    """An event of a payment. `created_by`: the app or the person who said it; nobody where the shop says it itself, and
    for an app that was switched off or removed since.
    """

    @property
    def type_(self) -> EventType | None: ...

    @property
    def message(self) -> str: ...

    @property
    def psp_reference(self) -> str: ...

    @property
    def created_by(self) -> object | None: ...


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
    """`app_id`: the identifier of its payment app; empty where that is not known, as of one that was removed. `action`:
    CHARGE or AUTHORIZATION. `begun_for`: None of one without a key.
    """

    transaction_id: str
    key: str
    app_id: str
    action: str
    begun_for: Money | None
    state: State

    def is_of(self, gateway_id: str, key: PaymentKey) -> bool:
        """Whether it was begun with this gateway for the checkout and amount of `key`."""
        if self.key.startswith(f"{key.checkout_id}:{gateway_id}:{key.amount:f}:"):
            return True
        # Keys once did not name the gateway. Of a payment that is silent since then, the shop knows the app.
        return self.app_id == gateway_id and self.key.startswith(f"{key.checkout_id}:{key.amount:f}:")


def unsettled(checkout_id: str) -> list[EarlierPayment]:
    """Those that nobody has told the result of. The dummy app's never: no money moves there. Raises SaleorError, also
    where the shop does not let its app read them.
    """
    found = [_read(one) for one in _transactions(checkout_id)]
    return [
        one
        for one in found
        if one.state is not State.ANSWERED and not one.key.startswith(f"{checkout_id}:{gateways.DUMMY}:")
    ]


def unsettled_if_permitted(checkout_id: str) -> list[EarlierPayment]:
    """As `unsettled`; none where the shop does not let its app read them. Raises SaleorError."""
    return _if_permitted(unsettled, checkout_id)


def authorized_amount(checkout_id: str) -> Decimal:
    """What the payments of a checkout hold, or are about to, without having charged it; nothing where the shop does
    not let its app read them. Raises SaleorError.
    """
    held = (
        money(amount).amount
        for one in _if_permitted(_transactions, checkout_id)
        for amount in (one.authorized_amount, one.authorize_pending_amount)
    )
    return sum(held, Decimal(0))


def _if_permitted(read: Callable[[str], list[T]], checkout_id: str) -> list[T]:
    try:
        return read(checkout_id)
    except GraphQLError as error:
        if "PermissionDenied" not in error.codes:
            raise
        log.warning("may not read payments: give the app MANAGE_CHECKOUTS with `manage.py connect_saleor`")
        return []


def _transactions(checkout_id: str) -> list[Transaction]:
    """None of a checkout that is an order already, or was deleted."""
    checkout = clients.staff().checkout_transactions(id=checkout_id).checkout
    return (checkout.transactions if checkout else None) or []


def _read(payment: Transaction) -> EarlierPayment:
    """One without a key was ended by the shop, which knows that nothing was charged."""
    begun = next((one for one in payment.events if one.idempotency_key), None)
    key = (begun.idempotency_key if begun else None) or ""
    told = {one.type_ for one in payment.events if one.type_ and was_told(one)} - {EventType.INFO}
    if told:
        state = State.TO_CONFIRM if told <= set(TO_CONFIRM) else State.ANSWERED
    else:
        is_asked = bool(key) and any(one.type_ in REQUESTS for one in payment.events)
        state = State.SILENT if is_asked else State.ANSWERED
    app = payment.created_by
    app_id = app.identifier if app and app.typename__ == "App" else None
    is_authorization = any(one.type_ is EventType.AUTHORIZATION_REQUEST for one in payment.events)
    action = "AUTHORIZATION" if is_authorization else "CHARGE"
    begun_for = money(begun.amount) if begun else None
    return EarlierPayment(payment.id, key, app_id or "", action, begun_for, state)


def was_told(event: Event) -> bool:
    """Whether the payment app has said it, or a person who looked at the provider. A failure that names nobody may be
    that of an app which has been removed since: then it has the app's words or reference. One with neither, or with
    the shop's own words, stands for an answer that never came or can't be read.
    """
    if event.created_by:
        return True
    if event.type_ in FAILURES:
        return bool(event.message or event.psp_reference) and not event.message.startswith(NO_ANSWER)
    return event.type_ in TO_CONFIRM or bool(event.type_ and event.type_.value.endswith("_SUCCESS"))


@dataclass(slots=True)
class Lease:
    """That this request, and no other, pays for the checkout. It lasts as long as one call that may charge."""

    checkout_id: str
    token: uuid.UUID
    is_kept: bool = False

    def renew(self) -> bool:
        """Before each call that may charge. False where it has expired, so that another request may have it."""
        now = timezone.now()
        held = PaymentLease.objects.filter(checkout_id=self.checkout_id, token=self.token, expires_at__gt=now)
        return bool(held.update(expires_at=now + call_time()))

    def keep(self) -> None:
        """Until it expires: a call that was not answered may still be under way."""
        self.is_kept = True


def is_leased(checkout_id: str) -> bool:
    """Whether a call that may charge for this checkout may still be under way."""
    return PaymentLease.objects.filter(checkout_id=checkout_id, expires_at__gt=timezone.now()).exists()


def call_time() -> timedelta:
    """How long a call that may charge takes at most, until the shop knows of the payment."""
    return timedelta(seconds=max(settings.SALEOR_WRITE_SECONDS, APP_SECONDS) + SPARE_SECONDS)


@contextmanager
def lease(checkout_id: str) -> Iterator[Lease | None]:
    """None where another request pays for this checkout just now: two could both find nothing that is unsettled. Kept
    in the store's database, which all its processes share.
    """
    held = Lease(checkout_id, uuid.uuid4())
    is_free = _take(held)
    try:
        yield held if is_free else None
    finally:
        if is_free and not held.is_kept:
            PaymentLease.objects.filter(checkout_id=checkout_id, token=held.token).delete()


def _take(wanted: Lease) -> bool:
    now = timezone.now()
    PaymentLease.objects.filter(expires_at__lt=now - FORGOTTEN).delete()
    values = {"token": wanted.token, "expires_at": now + call_time()}
    expired = PaymentLease.objects.filter(checkout_id=wanted.checkout_id, expires_at__lte=now)
    if expired.update(**values):
        return True
    try:
        with transaction.atomic():
            PaymentLease.objects.create(checkout_id=wanted.checkout_id, **values)
    except IntegrityError:
        return False
    return True
