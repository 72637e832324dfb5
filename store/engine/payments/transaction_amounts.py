"""Calculates the amounts of a transaction from its events.

Events of one action kind with the same PSP reference describe one action: a request is pending until its success or
failure is known; of success and failure the newer one counts; an adjustment of the authorization replaces the earlier
ones.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.saleor.covered_amount import covered_amount

ZERO = Decimal(0)


@dataclass(slots=True)
class Amounts:
    """Amounts in the transaction's currency."""

    authorized: Decimal = ZERO
    charged: Decimal = ZERO
    refunded: Decimal = ZERO
    canceled: Decimal = ZERO
    authorize_pending: Decimal = ZERO
    charge_pending: Decimal = ZERO
    refund_pending: Decimal = ZERO
    cancel_pending: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class ActionKind:
    """A kind of action: its event types, and the amounts it adds to and is taken from."""

    request: str
    success: str
    failure: str
    to: str
    pending: str
    taken_from: str | None


ACTION_KINDS = (
    ActionKind(
        T.AUTHORIZATION_REQUEST,
        T.AUTHORIZATION_SUCCESS,
        T.AUTHORIZATION_FAILURE,
        "authorized",
        "authorize_pending",
        None,
    ),
    ActionKind(
        T.CHARGE_REQUEST, T.CHARGE_SUCCESS, T.CHARGE_FAILURE, "charged", "charge_pending", "authorized"
    ),
    ActionKind(T.REFUND_REQUEST, T.REFUND_SUCCESS, T.REFUND_FAILURE, "refunded", "refund_pending", "charged"),
    ActionKind(
        T.CANCEL_REQUEST, T.CANCEL_SUCCESS, T.CANCEL_FAILURE, "canceled", "cancel_pending", "authorized"
    ),
)
ACTION_KIND_OF = {name: kind for kind in ACTION_KINDS for name in (kind.request, kind.success, kind.failure)}


@dataclass(slots=True)
class ActionEvents:
    """The latest event of each type of one action."""

    latest: dict[str, TransactionEvent] = field(default_factory=dict)


def calculate(events: Iterable[TransactionEvent]) -> Amounts:
    """The amounts that follow from all events that count."""
    counted = sorted(
        (e for e in events if e.include_in_calculations), key=lambda e: (e.created_at, e.pk or 0)
    )
    counted = _from_last_adjustment(counted)
    found = Amounts()
    actions: dict[tuple[ActionKind, str], ActionEvents] = defaultdict(ActionEvents)
    for event in counted:
        kind = ACTION_KIND_OF.get(event.type)
        if kind and event.psp_reference:
            actions[kind, event.psp_reference].latest[event.type] = event
        elif kind:
            if event.type == kind.success:
                _add(found, kind.to, event.amount_value)
        else:
            _apply_single(found, event)
    for (kind, _reference), action in actions.items():
        _apply_action(found, kind, action)
    found.authorized = max(found.authorized, ZERO)
    found.authorize_pending = max(found.authorize_pending, ZERO)
    return found


def _from_last_adjustment(events: list[TransactionEvent]) -> list[TransactionEvent]:
    authorizing = {
        T.AUTHORIZATION_REQUEST,
        T.AUTHORIZATION_SUCCESS,
        T.AUTHORIZATION_FAILURE,
        T.AUTHORIZATION_ADJUSTMENT,
    }
    last = max((i for i, e in enumerate(events) if e.type == T.AUTHORIZATION_ADJUSTMENT), default=-1)
    return [e for i, e in enumerate(events) if i >= last or e.type not in authorizing]


def _apply_single(found: Amounts, event: TransactionEvent) -> None:
    if event.type == T.AUTHORIZATION_ADJUSTMENT:
        found.authorized = event.amount_value
    elif event.type == T.CHARGE_BACK:
        found.charged -= event.amount_value
    elif event.type == T.REFUND_REVERSE:
        found.charged += event.amount_value
        if event.psp_reference:
            found.refunded -= event.amount_value


def _apply_action(found: Amounts, kind: ActionKind, action: ActionEvents) -> None:
    request, success, failure = (action.latest.get(t) for t in (kind.request, kind.success, kind.failure))
    if request and not success and not failure:
        _move(found, kind, kind.pending, request.amount_value)
    if success and not (failure and failure.created_at >= success.created_at):
        _move(found, kind, kind.to, success.amount_value)


def _move(found: Amounts, kind: ActionKind, to: str, value: Decimal) -> None:
    _add(found, to, value)
    if kind.taken_from:
        _add(found, kind.taken_from, -value)


def _add(found: Amounts, name: str, value: Decimal) -> None:
    setattr(found, name, getattr(found, name) + value)


def set_amounts(item: TransactionItem, events: Iterable[TransactionEvent]) -> None:
    """Set the calculated amounts on the transaction (not saved)."""
    found = calculate(events)
    item.authorized_value, item.authorize_pending_value = found.authorized, found.authorize_pending
    item.charged_value, item.charge_pending_value = found.charged, found.charge_pending
    item.refunded_value, item.refund_pending_value = found.refunded, found.refund_pending
    item.canceled_value, item.cancel_pending_value = found.canceled, found.cancel_pending


def covered_by(item: TransactionItem) -> Decimal:
    """How much of a total the transaction covers: charged, authorized or pending."""
    return covered_amount(
        charged=item.charged_value,
        charge_pending=item.charge_pending_value,
        authorized=item.authorized_value,
        authorize_pending=item.authorize_pending_value,
    )
