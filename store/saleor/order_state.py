"""What state an order is in, and what may be done with it: the one function that every surface asks.

Storefront, admin, mail and API each map what they have (an answer of the API, or rows) to `OrderFacts` and show what
`order_state` returns; none of them derives a state of its own. Statuses are Saleor's words (`OrderStatus`,
`FulfillmentStatus`). Amounts are in the order's currency.

Two axes are kept apart: what happened to the money (`Payment`) and what happened to the pieces (`Delivery`). An order
counts as paid when what was ever received covers its total; money sent back later makes it refunded, never unpaid.
(Saleor's own `chargeStatus` compares what is charged *now* with the total, so a goodwill refund turns it to PARTIAL;
the API keeps answering that, see `settled`.)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)


class Lifecycle(StrEnum):
    DRAFT = "DRAFT"
    UNCONFIRMED = "UNCONFIRMED"
    OPEN = "OPEN"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"


class Payment(StrEnum):
    NOTHING_DUE = "NOTHING_DUE"  # a total of 0
    UNPAID = "UNPAID"
    AUTHORIZED = "AUTHORIZED"  # reserved on the card, not yet charged; covers the total
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"
    OVERPAID = "OVERPAID"
    PARTLY_REFUNDED = "PARTLY_REFUNDED"
    REFUNDED = "REFUNDED"


class Delivery(StrEnum):
    NOT_SENT = "NOT_SENT"
    PARTLY_SENT = "PARTLY_SENT"
    SENT = "SENT"
    DELIVERED = "DELIVERED"  # every piece was sent, and every parcel has arrived
    PARTLY_RETURNED = "PARTLY_RETURNED"
    RETURNED = "RETURNED"


class Action(StrEnum):
    CONFIRM = "CONFIRM"
    FULFILL = "FULFILL"
    CANCEL = "CANCEL"
    CAPTURE = "CAPTURE"
    MARK_AS_PAID = "MARK_AS_PAID"
    REFUND = "REFUND"
    RETURN = "RETURN"


SENT_STATUSES = frozenset({"FULFILLED"})
RETURNED_STATUSES = frozenset({"RETURNED", "REFUNDED_AND_RETURNED"})
# Parcels in these statuses do not keep an order from being canceled (Saleor's rule).
SETTLED_FULFILLMENTS = frozenset({"CANCELED", "REFUNDED", "REPLACED", "REFUNDED_AND_RETURNED", "RETURNED"})


@dataclass(frozen=True, slots=True)
class FulfillmentFacts:
    """One parcel: `quantity` is the sum of its lines, `carrier` the one that who packed named."""

    status: str
    quantity: int
    created: datetime
    delivered_at: datetime | None = None
    tracking_number: str = ""
    carrier: str = ""


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """What the state follows from. `charged` is what is charged now, after refunds; `refunded` went back; both ever
    received together. `granted`: refunds that staff granted, which lower what is owed. `quantity` sums the lines;
    `quantity_fulfilled` what Saleor counts as fulfilled on them; `shipping` is what the delivery cost, with tax."""

    status: str
    total: Decimal
    charged: Decimal
    refunded: Decimal
    authorized: Decimal = ZERO
    granted: Decimal = ZERO
    quantity: int = 0
    quantity_fulfilled: int = 0
    fulfillments: Sequence[FulfillmentFacts] = ()
    shipping: Decimal = ZERO

    @property
    def received(self) -> Decimal:
        """What was ever received."""
        return self.charged + self.refunded

    @property
    def owed(self) -> Decimal:
        """What the customer has to pay in all."""
        return max(self.total - self.granted, ZERO)


@dataclass(frozen=True, slots=True)
class OrderState:
    """`quantity_to_send` pieces are in no parcel yet; `parcels` are those on their way or arrived, oldest first."""

    lifecycle: Lifecycle
    payment: Payment
    delivery: Delivery
    settled: bool
    quantity_to_send: int
    quantity_sent: int
    quantity_returned: int
    received: Decimal
    refunded: Decimal
    owed: Decimal
    shipping: Decimal
    parcels: tuple[FulfillmentFacts, ...]
    actions: frozenset[Action]

    def due_before(self, received: Decimal) -> Decimal:
        """What was due before the last `received` came in."""
        return max(self.owed - self.received + received, ZERO)

    @property
    def due(self) -> Decimal:
        """What is still to be paid."""
        return self.due_before(ZERO)

    @property
    def waits_for_parcel(self) -> bool:
        """It belongs in the queue "to send": paid, open, and something is left to send."""
        return Action.FULFILL in self.actions

    @property
    def refund_due(self) -> Decimal:
        """What was received and is still here although the order is canceled, expired or wholly returned. A shop may
        keep what the delivery of returned pieces cost: no more than that is not due.
        """
        if self.lifecycle in (Lifecycle.CANCELED, Lifecycle.EXPIRED):
            return self.held
        is_due = self.delivery is Delivery.RETURNED and self.held > self.shipping
        return self.held if is_due else ZERO

    @property
    def held(self) -> Decimal:
        """What was received and not sent back."""
        return max(self.received - self.refunded, ZERO)


def order_state(facts: OrderFacts, *, may_fulfill_unpaid: bool = False) -> OrderState:
    """The state of an order. `may_fulfill_unpaid`: the shop's setting `fulfillmentAllowUnpaid`."""
    settled = facts.received >= facts.owed
    lifecycle = _lifecycle(facts.status)
    parcels = tuple(
        sorted((p for p in facts.fulfillments if p.status in SENT_STATUSES), key=lambda p: p.created)
    )
    sent = sum(p.quantity for p in parcels)
    returned = sum(p.quantity for p in facts.fulfillments if p.status in RETURNED_STATUSES)
    left = max(facts.quantity - facts.quantity_fulfilled, 0) if lifecycle in _ALIVE else 0
    payment = _payment(facts)
    delivery = _delivery(facts, parcels, sent, returned, left)
    return OrderState(
        lifecycle=lifecycle,
        payment=payment,
        delivery=delivery,
        settled=settled,
        quantity_to_send=left,
        quantity_sent=sent,
        quantity_returned=returned,
        received=facts.received,
        refunded=facts.refunded,
        owed=facts.owed,
        shipping=facts.shipping,
        parcels=parcels,
        actions=_actions(
            facts, lifecycle, payment, delivery, left, sent, settled=settled or may_fulfill_unpaid
        ),
    )


_ALIVE = (Lifecycle.UNCONFIRMED, Lifecycle.OPEN)


def _lifecycle(status: str) -> Lifecycle:
    return Lifecycle(status) if status in Lifecycle.__members__ else Lifecycle.OPEN


def _payment(facts: OrderFacts) -> Payment:
    if facts.refunded > 0:
        return _refunded(facts)
    if facts.received > facts.total:
        return Payment.OVERPAID
    if facts.received >= facts.owed:
        return Payment.PAID if facts.received else Payment.NOTHING_DUE
    if facts.charged + facts.authorized >= facts.owed:
        return Payment.AUTHORIZED
    return Payment.PARTLY_PAID if facts.received else Payment.UNPAID


def _refunded(facts: OrderFacts) -> Payment:
    if facts.charged <= 0:
        return Payment.REFUNDED
    return Payment.PARTLY_REFUNDED if facts.received >= facts.owed else Payment.PARTLY_PAID


def _delivery(
    facts: OrderFacts, parcels: tuple[FulfillmentFacts, ...], sent: int, returned: int, left: int
) -> Delivery:
    if returned:
        everything_back = not sent and (returned >= facts.quantity or facts.status == "RETURNED")
        return Delivery.RETURNED if everything_back else Delivery.PARTLY_RETURNED
    if not sent:
        return Delivery.NOT_SENT
    if left:
        return Delivery.PARTLY_SENT
    return Delivery.DELIVERED if all(p.delivered_at for p in parcels) else Delivery.SENT


def _actions(
    facts: OrderFacts,
    lifecycle: Lifecycle,
    payment: Payment,
    delivery: Delivery,
    left: int,
    sent: int,
    *,
    settled: bool,
) -> frozenset[Action]:
    found: set[Action] = set()
    if lifecycle is Lifecycle.UNCONFIRMED:
        found.add(Action.CONFIRM)
    if lifecycle is Lifecycle.OPEN and left and settled and payment is not Payment.REFUNDED:
        found.add(Action.FULFILL)
    nothing_out = all(p.status in SETTLED_FULFILLMENTS for p in facts.fulfillments)
    if lifecycle in _ALIVE and nothing_out and delivery is not Delivery.RETURNED:
        found.add(Action.CANCEL)
    if lifecycle in _ALIVE and facts.authorized > 0:
        found.add(Action.CAPTURE)
    if lifecycle in _ALIVE and payment in (Payment.UNPAID, Payment.PARTLY_PAID) and facts.refunded == 0:
        found.add(Action.MARK_AS_PAID)
    if facts.charged > 0:
        found.add(Action.REFUND)
    if lifecycle is Lifecycle.OPEN and sent:
        found.add(Action.RETURN)
    return frozenset(found)
