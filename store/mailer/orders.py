"""The current state of an order, fetched from Saleor right before a mail is sent."""

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from store.mailer.fetching import fetch_each
from store.mailer.models import MailPlan
from store.saleor import clients
from store.saleor.errors import NetworkError
from store.saleor.events import insert_slug, parse_datetime, sent_at
from store.saleor.order_answers import order_amounts, order_facts, postal_address
from store.saleor.order_state import OrderState, order_state
from store.saleor.order_totals import OrderTotals, order_totals
from store.saleor.personal_names import greeting_name
from store.saleor.postal_address import PostalAddress

if TYPE_CHECKING:
    from store.saleor.client.fragments import MailOrder, MailOrderFulfillments, MailOrderLines

logger = logging.getLogger(__name__)
ASKED_TOGETHER = 20  # a shop that needs seconds for an order answers within its time limit


@dataclass(frozen=True, slots=True)
class Line:
    id: str
    product: str
    variant: str
    quantity: int
    insert_slug: str | None


@dataclass(frozen=True, slots=True)
class Fulfillment:
    """A Saleor fulfillment; `quantities` pairs each order line with the quantity shipped, `carrier` was named by
    who packed, or is ""."""

    id: str
    status: str
    tracking_number: str
    carrier: str
    created: datetime
    delivered_at: datetime | None
    quantities: tuple[tuple[Line, int], ...]

    @property
    def insert_slugs(self) -> list[str]:
        return sorted({line.insert_slug for line, _ in self.quantities if line.insert_slug})


@dataclass(frozen=True, slots=True)
class Order:
    """`buyer_name`: whom to greet, who need not be who receives the parcel; "" if there is no name to greet by."""

    id: str
    number: str
    status: str
    email: str
    buyer_name: str
    shipping_method: str
    address: PostalAddress | None
    lines: tuple[Line, ...]
    fulfillments: tuple[Fulfillment, ...]
    totals: OrderTotals
    state: OrderState

    def fulfillment(self, fulfillment_id: str) -> Fulfillment | None:
        return next((s for s in self.fulfillments if s.id == fulfillment_id), None)

    @property
    def insert_slugs(self) -> list[str]:
        return sorted({line.insert_slug for line in self.lines if line.insert_slug})


def fetch_for(plan: MailPlan) -> Order | None:
    """The order of a mail, as `fetch`."""
    return fetch(plan.order_id)


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, Order | Exception | None]:
    """The orders of several mails, by the primary key of the mail. See `fetch_each`."""
    found: dict[str, Order | Exception | None] = {}
    left = list(dict.fromkeys(plan.order_id for plan in plans))
    while left and not (found and time.monotonic() >= ends_at):
        found |= _fetch_together(left[:ASKED_TOGETHER], ends_at=ends_at)
        left = left[ASKED_TOGETHER:]
    return {plan.pk: found[plan.order_id] for plan in plans if plan.order_id in found}


def _fetch_together(ids: Sequence[str], *, ends_at: float) -> dict[str, Order | Exception | None]:
    """By id. Alone are asked for those that a list of orders does not show, and all if one answer spoils the others."""
    found: dict[str, Order | Exception | None] = {}
    try:
        answer = clients.staff().orders_for_mail(ids=list(ids)).orders
        found |= {edge.node.id: _order_or_error(edge.node) for edge in answer.edges} if answer else {}
    except NetworkError as error:
        return dict.fromkeys(ids, error)
    except Exception as error:
        logger.warning("%s orders are asked for one by one: %s", len(ids), error)
    return found | fetch_each((one for one in ids if one not in found), fetch, ends_at=ends_at)


def _order_or_error(answer: "MailOrder") -> Order | Exception:
    try:
        return to_order(answer)
    except Exception as error:  # its mail can't be made; the others can
        return error


def fetch(order_id: str) -> Order | None:
    """The order, or None if there is no such order. Raises store.saleor.errors.SaleorError."""
    found = clients.staff().order_for_mail(id=order_id).order
    return to_order(found) if found else None


def to_order(answer: "MailOrder") -> Order:
    lines = {line.id: _line(line) for line in answer.lines}
    return Order(
        id=answer.id,
        number=answer.number,
        status=answer.status.value,
        email=answer.user_email or "",
        buyer_name=_buyer_name(answer),
        shipping_method=answer.shipping_method_name or "",
        address=postal_address(answer.shipping_address) if answer.shipping_address else None,
        lines=tuple(lines.values()),
        fulfillments=tuple(_fulfillment(fulfillment, lines) for fulfillment in answer.fulfillments),
        totals=order_totals(order_amounts(answer, answer.lines), gross=answer.display_gross_prices),
        state=order_state(order_facts(answer, answer.lines, answer.fulfillments)),
    )


def _buyer_name(answer: "MailOrder") -> str:
    """By the billing address, else by the account; never by who receives the parcel."""
    names = (answer.billing_address, answer.user)
    return next((name.first_name for name in names if name and greeting_name(name.first_name)), "").strip()


def _line(line: "MailOrderLines") -> Line:
    return Line(
        id=line.id,
        product=line.translated_product_name or line.product_name,
        variant=line.translated_variant_name or line.variant_name,
        quantity=line.quantity,
        insert_slug=insert_slug(line.insert, line.variant and line.variant.product.assigned_attribute),
    )


def _fulfillment(fulfillment: "MailOrderFulfillments", lines: dict[str, Line]) -> Fulfillment:
    quantities = tuple(
        (lines[part.order_line.id], part.quantity)
        for part in fulfillment.lines or ()
        if part.order_line and part.order_line.id in lines
    )
    return Fulfillment(
        id=fulfillment.id,
        status=fulfillment.status.value,
        tracking_number=fulfillment.tracking_number.strip(),
        carrier=(fulfillment.carrier or "").strip(),
        created=sent_at(fulfillment.created, fulfillment.shipped_at),
        delivered_at=parse_datetime(fulfillment.delivered_at),
        quantities=quantities,
    )
