"""Lists of checkouts and of their lines, for staff."""

from typing import Any

from django.db.models import Q

from store.engine.channels.models import Channel
from store.engine.checkout import channel_deletion, queries
from store.engine.checkout.models import CheckoutLine
from store.engine.graphql import ids
from store.engine.graphql.channel_access import reachable
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.deletion import delete_and_return
from store.engine.graphql.list_arguments import ListArguments, has_metadata, ids_in, on_days
from store.engine.graphql.registry import Info, mutation, query

SEE_CHECKOUTS = ("MANAGE_CHECKOUTS", "HANDLE_PAYMENTS")


def _customer(words: str) -> Q:
    condition = Q()
    for word in words.split():
        condition &= (
            Q(email__icontains=word)
            | Q(user__email__icontains=word)
            | Q(user__first_name__icontains=word)
            | Q(user__last_name__icontains=word)
        )
    return condition


def _found(words: str) -> Q:
    return _customer(words) | Q(billing_address__last_name__icontains=words.strip())


CHECKOUTS = ListArguments(
    columns={
        "customer": _customer,
        "created": on_days("created_at"),
        "search": _found,
        "metadata": has_metadata,
        "channels": ids_in("channel", Channel),
        "updated_at": on_days("last_change"),
    },
    sort={
        "CREATION_DATE": ("created_at", "pk"),
        "CUSTOMER": ("billing_address__last_name", "billing_address__first_name", "pk"),
        "PAYMENT": ("last_change", "pk"),
        "RANK": ("last_change", "pk"),
    },
)


@query(permissions=SEE_CHECKOUTS)
def checkouts(
    info: Info,
    *,
    channel: str | None = None,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = reachable(queries.checkouts().filter(CHECKOUTS.where(filter)), info.context)
    if channel:
        rows = rows.filter(channel__slug=channel)
    order = CHECKOUTS.order(sort_by, default=("-last_change",))
    return _loaded(connect(rows, order=order, **paging))


@query(permissions=("MANAGE_CHECKOUTS",))
def checkout_lines(info: Info, **paging: Any) -> Connection:
    rows = CheckoutLine.objects.select_related("checkout", "variant__product")
    rows = reachable(rows, info.context, "checkout__channel")
    return connect(rows, order=("-created_at",), **paging)


def _loaded(connection: Connection) -> Connection:
    queries.load_many([edge.node for edge in connection.edges])
    return connection


@mutation(permissions="MANAGE_CHANNELS")
def channel_delete(info: Info, *, id: str, input: dict[str, Any] | None = None) -> dict[str, Any]:
    channel, target = ids.get_row(id, Channel), (input or {}).get("channel_id")
    to = ids.get_row(target, Channel, field="channelId") if target else None
    deleted = delete_and_return(channel, lambda: channel_deletion.delete(channel=channel, target=to))
    info.context.cache.pop("channels", None)
    return {"channel": deleted}
