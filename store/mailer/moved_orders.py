"""Takes the mails of an order along when the order is moved to another shop, where it and its parcels have other ids.

What is due stays due under its new key. What was sent stays on record, so that no later event of the new shop causes
it again; for the same reason, mails that the order as it is now would cause and that were never planned are written as
cancelled: they are about what happened in the former shop.

The workers of the former shop go on until they are restarted, and look for mails of which no event told. So each key
that is taken along stays on record there as well: a plan that is cancelled, an event that is planned.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from store.mailer import inbox, missed_events, planning
from store.mailer.models import LEASED, OPEN, MailPlan, MerchantMessage, OrderEvent, State
from store.saleor import events

if TYPE_CHECKING:
    from store.saleor.client.changed_orders import ChangedOrdersOrdersEdgesNode as ChangedOrder

HAPPENED_BEFORE = "it happened in the former shop"
TAKEN_ALONG = "it was taken along to the new shop"
SOURCE = "move"


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


def under_way(shop: str) -> int:
    """How many mails of the shop a worker sends right now, and how many of its events are not planned yet."""
    sending = MailPlan.objects.filter(shop=shop, state__in=LEASED).count()
    return sending + OrderEvent.objects.filter(shop=shop, planned_at=None).count()


def take_along(moved: MovedOrder, *, is_told: Callable[[], bool]) -> int:
    """Give the order's mails and events their new keys; returns how many are still to be sent. It can be repeated.

    `is_told`: whether the former shop has delivered all events; it is asked after `moved.former` was read, so that what
    that order shows is known to the mailer, and a mail that is only not planned yet is not taken for one of the past.
    Raises MailUnderWay, and then nothing was changed.
    """
    if not is_told():
        raise MailUnderWay
    with transaction.atomic(durable=True):
        events_of_order = OrderEvent.objects.select_for_update().filter(
            shop=moved.former_shop, order_id=moved.former.id
        )
        plans = MailPlan.objects.select_for_update().filter(shop=moved.former_shop, order_id=moved.former.id)
        plans = plans.exclude(cancel_reason=TAKEN_ALONG)
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
    former = copy(event)
    event.shop, event.order_id, event.dedupe_key = moved.shop, moved.order_id, key
    event.payload = _with_new_ids_inside(event.payload, moved.ids)
    event.save()
    _save_as_new(former)


def _move_plan(plan: MailPlan, moved: MovedOrder) -> None:
    former = copy(plan)
    key = with_new_ids(plan.plan_key, moved.ids)
    same = MailPlan.objects.filter(shop=moved.shop, plan_key=key)
    if same.exists():  # the new shop has told of it before the move came to it
        if plan.state not in OPEN:
            same.filter(state__in=OPEN).update(state=State.CANCELLED, cancel_reason=HAPPENED_BEFORE)
        else:  # one of the two is sent
            plan.state, plan.cancel_reason = State.CANCELLED, TAKEN_ALONG
            plan.save()
        return
    plan.shop, plan.plan_key, plan.waits_for = moved.shop, key, with_new_ids(plan.waits_for, moved.ids)
    plan.order_id, plan.order_number = moved.order_id, moved.number
    plan.fulfillment_id = moved.ids.get(plan.fulfillment_id, plan.fulfillment_id)
    plan.save()
    former.message_id = planning.new_message_id()
    former.state, former.cancel_reason, former.lease_token = State.CANCELLED, TAKEN_ALONG, None
    _save_as_new(former)


def _save_as_new(row: OrderEvent | MailPlan) -> None:
    row.pk = None
    row._state.adding = True
    row.save()


def _close_the_past(moved: MovedOrder) -> None:
    """In the new shop, and in the former one, whose workers would look for the same mails there."""
    for payload in missed_events.events_of(moved.former):
        in_new_shop, in_former = _past_event(payload, moved.ids), _past_event(payload, {})
        planning.write_plans(
            [
                *_past_mails(in_new_shop, moved.shop, moved.number, HAPPENED_BEFORE),
                *_past_mails(in_former, moved.former_shop, moved.former.number, TAKEN_ALONG),
            ]
        )
        _record_in_former_shop(payload, moved)


def _past_event(payload: dict[str, Any], ids: Mapping[str, str]) -> events.AnyEvent:
    event = events.parse(_with_new_ids_inside(payload, ids))
    assert isinstance(event, events.AnyEvent)
    return event


def _past_mails(event: events.AnyEvent, shop: str, number: str, reason: str) -> Iterator[MailPlan]:
    for row in planning.planned_rows(event):
        row.shop, row.order_number, row.cancel_reason = shop, number, reason
        yield row


def _record_in_former_shop(payload: dict[str, Any], moved: MovedOrder) -> None:
    event = events.parse(payload)
    values = {"kind": event.kind, "order_id": moved.former.id, "source": SOURCE, "payload": payload}
    OrderEvent.objects.get_or_create(
        shop=moved.former_shop,
        dedupe_key=inbox.dedupe_key(event),
        defaults={**values, "occurred_at": event.issued_at, "planned_at": timezone.now()},
    )


def with_new_ids(key: str, ids: Mapping[str, str]) -> str:
    """A key whose parts, between colons, are ids: those of `ids` are replaced."""
    return ":".join(ids.get(part, part) for part in key.split(":"))


def _with_new_ids_inside(value: Any, ids: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _with_new_ids_inside(one, ids) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_new_ids_inside(one, ids) for one in value]
    return ids.get(value, value) if isinstance(value, str) else value
