"""Queries of orders: one by its id, for staff also lists."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.errors import OperationError
from store.engine.graphql.batched_lists import connect_each
from store.engine.graphql.batching import batched
from store.engine.graphql.channel_access import accessible_channels, of_own_or_within_reach, reachable
from store.engine.graphql.channels.request_channel import channels_by_slug, requested_channel
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.orders.filters import FILTER, WHERE, search_condition
from store.engine.graphql.registry import Info, extend, mutation, query
from store.engine.money import Money, TaxedMoney
from store.engine.orders.models import Order, OrderEvent
from store.engine.orders.queries import RELATED
from store.engine.stock import warehouse_assignment

SORT_COLUMNS = {
    "NUMBER": "number",
    "RANK": "number",
    "CREATION_DATE": "created_at",
    "CREATED_AT": "created_at",
    "LAST_MODIFIED_AT": "updated_at",
    "CUSTOMER": "billing_address__last_name",
    "PAYMENT": "charge_status",
    "FULFILLMENT_STATUS": "status",
    "STATUS": "status",
}


@query
def order(info: Info, *, id: str | None = None, external_reference: str | None = None) -> Order | None:
    """Who knows the id may read the order without its buyer (see `types`); drafts are for staff."""
    if not id and not (external_reference and info.context.has_permission("MANAGE_ORDERS")):
        return None
    key: dict[str, Any] = {"pk": uuid_of(id, "Order")} if id else {"external_reference": external_reference}
    found = Order.objects.select_related(*RELATED).filter(**key).first()
    if found is not None and found.status == "DRAFT" and not info.context.has_permission("MANAGE_ORDERS"):
        return None
    channels = accessible_channels(info.context)
    if found is not None and channels is not None and found.channel_id not in channels:
        return found if found.user_id == info.context.user.pk else None
    return found


@query(permissions="MANAGE_ORDERS")
def orders(
    info: Info,
    *,
    sort_by: dict[str, str] | None = None,
    filter: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    channel: str | None = None,
    search: str | None = None,
    **paging: Any,
) -> Connection:
    rows = reachable(Order.objects.exclude(status="DRAFT"), info.context).select_related(*RELATED)
    if channel:
        rows = rows.filter(channel__slug=channel)
    rows = rows.filter(FILTER.where(filter) & WHERE.where(where) & search_condition(search))
    return connect(rows, order=order_by(sort_by), **paging)


def order_by(sort_by: dict[str, str] | None) -> tuple[str, ...]:
    """Columns for an OrderSortingInput; the newest first by default."""
    if not sort_by:
        return ("-number",)
    sign = "-" if sort_by["direction"] == "DESC" else ""
    return (f"{sign}{SORT_COLUMNS[sort_by['field']]}",)


@batched
def orders_of_users(
    users: list[User], info: Info, *, where: dict[str, Any] | None = None, **paging: Any
) -> list[Connection]:
    placed = Order.objects.exclude(status="DRAFT").filter(WHERE.where(where))
    placed = placed.filter(of_own_or_within_reach(info.context))
    return connect_each(placed, users, parent_field="user_id", order=("-number",), **paging)


extend("User", orders=orders_of_users)


@query
def order_by_token(info: Info, *, token: UUID) -> Order | None:
    """The older twin of `order`; drafts are for staff."""
    return order(info, id=to_global_id("Order", token))


HOMEPAGE_EVENTS = ("PLACED", "PLACED_FROM_DRAFT", "ORDER_FULLY_PAID")


@query(permissions="MANAGE_ORDERS")
def homepage_events(info: Info, **paging: Any) -> Connection:
    rows = OrderEvent.objects.filter(
        type__in=HOMEPAGE_EVENTS, order__in=reachable(Order.objects.all(), info.context)
    )
    return connect(rows, order=("-date", "-pk"), **paging)


@query(permissions="MANAGE_ORDERS")
def orders_total(info: Info, *, period: str | None = None, channel: str | None = None) -> TaxedMoney | None:
    """What the orders of a channel come to, without drafts and canceled ones; None for an unknown channel."""
    found = requested_channel(info, channel, "MANAGE_ORDERS")[0] or _first_channel(info)
    if found is None or (channel is not None and found.slug != channel):
        return None
    rows = reachable(Order.objects.filter(channel=found), info.context).exclude(
        status__in=("DRAFT", "CANCELED", "EXPIRED")
    )
    now = timezone.localtime()
    if period is not None:
        begin = now.replace(hour=0, minute=0, second=0, microsecond=0)
        rows = rows.filter(created_at__gte=begin if period == "TODAY" else begin.replace(day=1))
    sums = rows.aggregate(net=Sum("total_net_amount"), gross=Sum("total_gross_amount"))
    currency = found.currency_code
    return TaxedMoney(
        Money(sums["net"] or Decimal(0), currency), Money(sums["gross"] or Decimal(0), currency)
    )


def _first_channel(info: Info) -> Channel | None:
    """What older clients mean by the shop's channel: the first one that is active."""
    active = [row for row in channels_by_slug(info.context).values() if row.is_active]
    return min(active, key=lambda row: row.pk) if active else None


@query(permissions="MANAGE_ORDERS")
def order_settings(info: Info) -> Channel | None:
    return _first_channel(info)


@mutation(permissions="MANAGE_ORDERS")
def order_settings_update(info: Info, *, input: dict[str, Any]) -> dict[str, Any]:
    """The older twin of `channelUpdate`, of the first active channel."""
    channel = _first_channel(info)
    if channel is None:
        raise OperationError("No active channel exists.", code="INVALID")
    changed = warehouse_assignment.update_channel(channel=channel, given={"order_settings": input})
    info.context.cache.pop("channels", None)
    return {"order_settings": changed}
