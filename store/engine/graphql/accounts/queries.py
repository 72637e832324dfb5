"""Looking people up. Guests find nobody, customers themselves, staff whom they may."""

from functools import partial
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from store.engine.accounts.models import Address, Group, User
from store.engine.errors import NotFound, PermissionDenied, Refusal
from store.engine.graphql import ids
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, query

M = TypeVar("M", bound=Model)


@query
def me(info: Info) -> User | None:
    found: User | None = info.context.user
    return found


@query(needs=("MANAGE_STAFF", "MANAGE_USERS", "MANAGE_ORDERS"))
def user(
    info: Info, *, id: str | None = None, email: str | None = None, external_reference: str | None = None
) -> User | None:
    given = [value for value in (id, email, external_reference) if value]
    if len(given) != 1:
        raise Refusal(
            "At least one of arguments is required: 'id', 'email', 'external_reference'.", code="GraphQLError"
        )
    visible = User.objects.all()
    if not info.context.may("MANAGE_STAFF"):
        visible = visible.filter(is_staff=False)
    elif not info.context.may("MANAGE_USERS", "MANAGE_ORDERS"):
        visible = visible.filter(is_staff=True)
    if id:
        return _found(visible, id)
    if email:
        return visible.filter(email=email.strip().lower()).first()
    return visible.filter(external_reference=external_reference).first()


@query(needs=("MANAGE_ORDERS", "MANAGE_USERS"))
def customers(
    info: Info, *, filter: dict[str, Any] | None = None, search: str | None = None, **paging: Any
) -> Connection:
    """Everybody who is no staff, and staff who have bought something."""
    from store.engine.orders.models import Order

    buyers = Order.objects.exclude(user=None).values("user_id")
    rows = User.objects.filter(Q(is_staff=False) | Q(pk__in=buyers))
    filter = filter or {}
    rows = _searched(rows, search or filter.get("search"))
    if filter.get("ids"):
        rows = rows.filter(pk__in=[one.pk for one in map(partial(_found, rows), filter["ids"]) if one])
    return connect(rows, order=("email",), **paging)


@query(needs="MANAGE_STAFF")
def staff_users(info: Info, **paging: Any) -> Connection:
    return connect(User.objects.filter(is_staff=True), order=("email",), **paging)


@query(needs="MANAGE_STAFF")
def permission_groups(info: Info, **paging: Any) -> Connection:
    return connect(Group.objects.all(), order=("name",), **paging)


@query(needs="MANAGE_STAFF")
def permission_group(info: Info, *, id: str) -> Group | None:
    return _found(Group.objects.all(), id)


@query
def address(info: Info, *, id: str) -> Address | None:
    found = _found(Address.objects.all(), id)
    if found is None:
        return None
    mine = info.context.user and info.context.user.addresses.filter(pk=found.pk).exists()
    if not mine and not info.context.may("MANAGE_USERS"):
        raise PermissionDenied("MANAGE_USERS", "OWNER")
    return found


def _found(rows: QuerySet[M], global_id: str) -> M | None:
    """None for an id that leads nowhere, as Saleor's lookups answer."""
    try:
        return ids.one(global_id, rows)
    except NotFound:
        return None


def _searched(rows: QuerySet[User], words: str | None) -> QuerySet[User]:
    for word in (words or "").split():
        rows = rows.filter(
            Q(email__icontains=word)
            | Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(addresses__city__icontains=word)
            | Q(addresses__phone__icontains=word)
        )
    return rows.distinct() if words else rows
