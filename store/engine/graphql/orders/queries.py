"""Reading orders: one by its id, or many by staff."""

from typing import Any

from store.engine.errors import Refusal
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.orders.filters import condition, filtered, searched
from store.engine.graphql.registry import Info, query
from store.engine.orders.models import Order
from store.engine.orders.queries import NEIGHBOURS

ORDERS = {
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
def order(info: Info, *, id: str | None = None) -> Order | None:
    """Whoever knows the id may read it, as in Saleor 3.23; drafts are for staff."""
    if not id:
        return None
    found = Order.objects.select_related(*NEIGHBOURS).filter(pk=uuid_of(id, "Order")).first()
    if found is not None and found.status == "DRAFT" and not info.context.may("MANAGE_ORDERS"):
        return None
    return found


@query(needs="MANAGE_ORDERS")
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
    if filter and where:
        raise Refusal("Only one filtering argument (filter or where) can be specified.", code="GraphQLError")
    rows = Order.objects.exclude(status="DRAFT").select_related(*NEIGHBOURS)
    if channel:
        rows = rows.filter(channel__slug=channel)
    rows = searched(filtered(rows, filter or {}), search)
    if where:
        rows = rows.filter(condition(where))
    return connect(rows, order=order_by(sort_by), **paging)


def order_by(sort_by: dict[str, str] | None) -> tuple[str, ...]:
    if not sort_by:
        return ("-number",)
    sign = "-" if sort_by["direction"] == "DESC" else ""
    return (f"{sign}{ORDERS[sort_by['field']]}",)
