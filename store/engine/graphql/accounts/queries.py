"""Queries of users, groups and addresses. Customers see only their own; staff what their permissions allow."""

from functools import partial
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from store.engine.accounts.models import Address, Group, User, account_email
from store.engine.errors import NotFound, OperationError, PermissionDenied
from store.engine.graphql import ids
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, ids_in
from store.engine.graphql.registry import Info, query
from store.engine.orders.models import Order

M = TypeVar("M", bound=Model)

GROUPS = ListArguments(search=("name",), columns={"ids": ids_in("pk", Group)}, sort={"NAME": ("name",)})


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
    info: Info, *, filter: dict[str, Any] | None = None, search: str | None = None, **paging: Any
) -> Connection:
    """All users who are no staff, and staff who have placed an order."""
    buyers = Order.objects.exclude(user=None).values("user_id")
    rows = User.objects.filter(Q(is_staff=False) | Q(pk__in=buyers))
    filter = filter or {}
    rows = _search(rows, search or filter.get("search"))
    if filter.get("ids"):
        rows = rows.filter(pk__in=[user.pk for user in map(partial(_find, rows), filter["ids"]) if user])
    return connect(rows, order=("email",), **paging)


@query(permissions="MANAGE_STAFF")
def staff_users(info: Info, **paging: Any) -> Connection:
    return connect(User.objects.filter(is_staff=True), order=("email",), **paging)


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
