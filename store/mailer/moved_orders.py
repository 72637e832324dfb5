"""Takes the mails of an order along when the order is moved to another shop, where it and its parcels have other ids.

What is due stays due under its new key. What was sent stays on record, so that no later event of the new shop causes
it again; for the same reason, mails that the order as it is now would cause and that were never planned are written as
cancelled: they are about what happened in the former shop.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from store.mailer import missed_events, planning
from store.mailer.models import LEASED, OPEN, MailPlan, MerchantMessage, OrderEvent, State
from store.saleor import events

if TYPE_CHECKING:
    from store.saleor.client.changed_orders import ChangedOrdersOrdersEdgesNode as ChangedOrder

HAPPENED_BEFORE = "it happened in the former shop"


class MailUnderWay(Exception):
    """A worker sends a mail of the order, or an event of it is not planned yet: try again in a moment."""


@dataclass(frozen=True, slots=True)
class MovedOrder:
    """`former`: the order as the former shop has it. `ids`: new id by former id, of the order and its parcels."""

    former: "ChangedOrder"
    former_shop: str
    shop: str
    number: str
    ids: Mapping[str, str]

    @property
    def order_id(self) -> str:
        return self.ids[self.former.id]


def take_along(moved: MovedOrder) -> int:
    """Give the order's mails and events their new keys; returns how many are still to be sent. It can be repeated.

    Raises MailUnderWay, and then nothing was changed.
    """
    with transaction.atomic(durable=True):
        events_of_order = OrderEvent.objects.select_for_update().filter(
            shop=moved.former_shop, order_id=moved.former.id
        )
        plans = MailPlan.objects.select_for_update().filter(shop=moved.former_shop, order_id=moved.former.id)
        if plans.filter(state__in=LEASED).exists() or events_of_order.filter(planned_at=None).exists():
            raise MailUnderWay
        for event in events_of_order:
            _move_event(event, moved)
        for plan in plans.order_by("pk"):
            _move_plan(plan, moved)
        MerchantMessage.objects.filter(order_id=moved.former.id).update(
            order_id=moved.order_id, order_number=moved.number
        )
        _close_the_past(moved)
        return MailPlan.objects.filter(shop=moved.shop, order_id=moved.order_id, state__in=OPEN).count()


def _move_event(event: OrderEvent, moved: MovedOrder) -> None:
    key = with_new_ids(event.dedupe_key, moved.ids)
    if OrderEvent.objects.filter(shop=moved.shop, dedupe_key=key).exists():
        return
    event.shop, event.order_id, event.dedupe_key = moved.shop, moved.order_id, key
    event.payload = _with_new_ids_inside(event.payload, moved.ids)
    event.save()


def _move_plan(plan: MailPlan, moved: MovedOrder) -> None:
    key = with_new_ids(plan.plan_key, moved.ids)
    same = MailPlan.objects.filter(shop=moved.shop, plan_key=key)
    if same.exists():  # the new shop has told of it before the move came to it
        if plan.state not in OPEN:
            same.filter(state__in=OPEN).update(state=State.CANCELLED, cancel_reason=HAPPENED_BEFORE)
        return
    plan.shop, plan.plan_key, plan.waits_for = moved.shop, key, with_new_ids(plan.waits_for, moved.ids)
    plan.order_id, plan.order_number = moved.order_id, moved.number
    plan.fulfillment_id = moved.ids.get(plan.fulfillment_id, plan.fulfillment_id)
    plan.save()


def _close_the_past(moved: MovedOrder) -> None:
    rows = list(_past_mails(moved))
    planning.write_plans(rows)


def _past_mails(moved: MovedOrder) -> Iterator[MailPlan]:
    for payload in missed_events.events_of(moved.former):
        event = events.parse(_with_new_ids_inside(payload, moved.ids))
        assert isinstance(event, events.AnyEvent)
        for row in planning.planned_rows(event):
            row.shop, row.order_number = moved.shop, moved.number
            row.cancel_reason = HAPPENED_BEFORE
            yield row


def with_new_ids(key: str, ids: Mapping[str, str]) -> str:
    """A key whose parts, between colons, are ids: those of `ids` are replaced."""
    return ":".join(ids.get(part, part) for part in key.split(":"))


def _with_new_ids_inside(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _with_new_ids_inside(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_new_ids_inside(one, ids) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value
