"""Queries of orders: one by its id, for staff also lists."""

from typing import Any

from store.engine.errors import OperationError
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.orders.filters import apply_filter, apply_search, where_condition
from store.engine.graphql.registry import Info, query
from store.engine.orders.models import Order
from store.engine.orders.queries import RELATED

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
    if filter and where:
        raise OperationError(
            "Only one filtering argument (filter or where) can be specified.", code="GraphQLError"
        )
    rows = Order.objects.exclude(status="DRAFT").select_related(*RELATED)
    if channel:
        rows = rows.filter(channel__slug=channel)
    rows = apply_search(apply_filter(rows, filter or {}), search)
    if where:
        rows = rows.filter(where_condition(where))
    return connect(rows, order=order_by(sort_by), **paging)


def order_by(sort_by: dict[str, str] | None) -> tuple[str, ...]:
    """Columns for an OrderSortingInput; the newest first by default."""
    if not sort_by:
        return ("-number",)
    sign = "-" if sort_by["direction"] == "DESC" else ""
    return (f"{sign}{SORT_COLUMNS[sort_by['field']]}",)
