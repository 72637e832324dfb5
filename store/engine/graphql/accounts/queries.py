"""Queries of users, groups and addresses. Customers see only their own; staff what their permissions allow."""

from typing import Any, TypeVar

from django.db.models import Count, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from store.engine.accounts.models import Address, Group, User, account_email
from store.engine.errors import NotFound, OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.channel_access import reachable
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import (
    ListArguments,
    equal_to,
    has_metadata,
    ids_in,
    in_range,
    matching,
    on_days,
)
from store.engine.graphql.registry import Info, query
from store.engine.orders.models import Order

M = TypeVar("M", bound=Model)

GROUPS = ListArguments(search=("name",), columns={"ids": ids_in("pk", Group)}, sort={"NAME": ("name",)})


CUSTOMERS = ListArguments(
    columns={
        "ids": ids_in("pk", User),
        "metadata": has_metadata,
        "email": matching("email"),
        "first_name": matching("first_name"),
        "last_name": matching("last_name"),
        "is_active": equal_to("is_active"),
        "date_joined": in_range("date_joined"),
        "updated_at": in_range("updated_at"),
        "placed_orders_at": in_range("orders__created_at"),
        "number_of_orders": lambda given: matching("order_count")(given) & in_range("order_count")(given),
        "addresses": lambda given: (
            matching("addresses__phone")(given.get("phone_number") or {})
            & _countries(given.get("country") or {})
        ),
    },
    sort={
        "FIRST_NAME": ("first_name", "last_name", "pk"),
        "LAST_NAME": ("last_name", "first_name", "pk"),
        "EMAIL": ("email",),
        "ORDER_COUNT": ("order_count", "email"),
        "CREATED_AT": ("date_joined", "pk"),
        "LAST_MODIFIED_AT": ("updated_at", "pk"),
        "RANK": ("email",),
    },
)
# The older filter takes days where `where` takes times.
OLDER_CUSTOMERS = ListArguments(
    columns={
        **CUSTOMERS.columns,
        "date_joined": on_days("date_joined"),
        "placed_orders": on_days("orders__created_at"),
    }
)
STAFF = ListArguments(
    columns={
        "ids": ids_in("pk", User),
        "status": lambda given: Q(is_active=given == "ACTIVE"),
    },
    sort=CUSTOMERS.sort,
)


def _countries(given: dict[str, Any]) -> Q:
    condition = matching("addresses__country")(given)
    if given.get("not_one_of") is not None:
        condition &= ~Q(addresses__country__in=given["not_one_of"])
    return condition


def _with_order_count(rows: QuerySet[User], info: Info) -> QuerySet[User]:
    placed = (
        reachable(Order.objects.exclude(status="DRAFT"), info.context).filter(user=OuterRef("pk")).order_by()
    )
    count = placed.values("user").annotate(count=Count("pk")).values("count")
    return rows.annotate(order_count=Coalesce(Subquery(count), 0))


@query
def me(info: Info) -> User | None:
    user: User | None = info.context.user
    return user


@query(permissions=("MANAGE_STAFF", "MANAGE_USERS", "MANAGE_ORDERS"))
def user(
    info: Info, *, id: str | None = None, email: str | None = None, external_reference: str | None = None
) -> User | None:
    arguments = [value for value in (id, email, external_reference) if value]
    if len(arguments) != 1:
        raise OperationError(
            "At least one of arguments is required: 'id', 'email', 'external_reference'.", code="GraphQLError"
        )
    visible = User.objects.all()
    if not info.context.has_permission("MANAGE_STAFF"):
        visible = visible.filter(is_staff=False)
    elif not info.context.has_permission("MANAGE_USERS", "MANAGE_ORDERS"):
        visible = visible.filter(is_staff=True)
    if id:
        return _find(visible, id)
    if email:
        return visible.filter(email=account_email(email)).first()
    return visible.filter(external_reference=external_reference).first()


@query(permissions=("MANAGE_ORDERS", "MANAGE_USERS"))
def customers(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    where: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    search: str | None = None,
    **paging: Any,
) -> Connection:
    """All users who are no staff, and staff who have placed an order."""
    buyers = Order.objects.exclude(user=None).values("user_id")
    rows = _with_order_count(User.objects.filter(Q(is_staff=False) | Q(pk__in=buyers)), info)
    given = dict(filter or {})
    older = given.pop("search", None)
    rows = _search(rows, search or older)
    condition = OLDER_CUSTOMERS.where(given) & CUSTOMERS.where(where)
    if condition:
        rows = rows.filter(pk__in=rows.filter(condition).order_by().values("pk"))
    return connect(rows, order=CUSTOMERS.order(sort_by, default=("email",)), **paging)


@query(permissions="MANAGE_STAFF")
def staff_users(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    given = dict(filter or {})
    rows = _with_order_count(User.objects.filter(is_staff=True), info)
    rows = STAFF.filtered(_search(rows, given.pop("search", None)), given)
    return connect(rows, order=STAFF.order(sort_by, default=("email",)), **paging)


@query(permissions="MANAGE_STAFF")
def permission_groups(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = GROUPS.filtered(Group.objects.all(), filter)
    return connect(rows, order=GROUPS.order(sort_by, default=("name",)), **paging)


@query(permissions="MANAGE_STAFF")
def permission_group(info: Info, *, id: str) -> Group | None:
    return _find(Group.objects.all(), id)


@query
def address(info: Info, *, id: str) -> Address | None:
    address = _find(Address.objects.all(), id)
    if address is None:
        return None
    is_own = info.context.user and info.context.user.addresses.filter(pk=address.pk).exists()
    if not is_own and not info.context.has_permission("MANAGE_USERS"):
        raise PermissionDenied("MANAGE_USERS", "OWNER")
    return address


def _find(rows: QuerySet[M], global_id: str) -> M | None:
    """The row of the id, None when there is none, as Saleor returns it."""
    try:
        return ids.get_row(global_id, rows)
    except NotFound:
        return None


def _search(rows: QuerySet[User], search: str | None) -> QuerySet[User]:
    for word in (search or "").split():
        rows = rows.filter(
            Q(email__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(addresses__city__icontains=word)
            | Q(addresses__phone__icontains=word)
        )
    return rows.distinct() if search else rows
