"""GraphQL types of transactions and their events."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from store.engine.graphql.batching import batched, follow_foreign_key
from store.engine.graphql.channel_access import reachable_payments
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, ids_in, in_range, matching
from store.engine.graphql.payments.sources import checkout_of, creator_of, order_of
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.money import Money
from store.engine.payments.models import TransactionEvent as EventRow
from store.engine.payments.models import TransactionItem as ItemRow


@query(permissions=("HANDLE_PAYMENTS", "MANAGE_ORDERS"))
def transaction(info: Info, *, id: str | None = None) -> ItemRow | None:
    if not id:
        return None
    rows = ItemRow.objects.filter(pk=uuid_of(id, "TransactionItem"))
    return reachable_payments(rows, info.context).first()


def _event(given: dict[str, Any]) -> Q:
    """Transactions with an event of this type in this time."""
    columns = ListArguments(columns={"created_at": in_range("created_at"), "type": matching("type")})
    return Q(Exists(EventRow.objects.filter(columns.where(given), transaction=OuterRef("pk"))))


def _all_events(given: list[dict[str, Any]]) -> Q:
    condition = Q()
    for event in given:
        condition &= _event(event)
    return condition


TRANSACTIONS = ListArguments(
    columns={
        "ids": ids_in("pk", ItemRow),
        "psp_reference": matching("psp_reference"),
        "app_identifier": matching("app_identifier"),
        "created_at": in_range("created_at"),
        "modified_at": in_range("modified_at"),
        "events": _all_events,
    },
    sort={"CREATED_AT": ("created_at",), "MODIFIED_AT": ("modified_at",)},
)


@query(permissions=("HANDLE_PAYMENTS", "MANAGE_ORDERS"))
def transactions(
    info: Info,
    *,
    where: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = reachable_payments(ItemRow.objects.filter(TRANSACTIONS.where(where)), info.context)
    return connect(rows, order=TRANSACTIONS.order(sort_by, default=("-created_at",)), **paging)


class TransactionItem(SaleorType, model=ItemRow):
    @staticmethod
    def actions(root: ItemRow, info: Info) -> list[str]:
        return list(root.available_actions)

    @staticmethod
    def authorized_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.authorized_value, root.currency)

    @staticmethod
    def charged_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.charged_value, root.currency)

    @staticmethod
    def refunded_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.refunded_value, root.currency)

    @staticmethod
    def canceled_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.canceled_value, root.currency)

    @staticmethod
    @batched
    def events(items: list[ItemRow], info: Info) -> list[list[EventRow]]:
        """The newest first, as in Saleor."""
        found: dict[Any, list[EventRow]] = {}
        rows = EventRow.objects.filter(transaction__in=[item.pk for item in items])
        for event in rows.order_by("-created_at", "-pk"):
            found.setdefault(event.transaction_id, []).append(event)
        return [found.get(item.pk, []) for item in items]

    @staticmethod
    def authorize_pending_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.authorize_pending_value, root.currency)

    @staticmethod
    def charge_pending_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.charge_pending_value, root.currency)

    @staticmethod
    def refund_pending_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.refund_pending_value, root.currency)

    @staticmethod
    def cancel_pending_amount(root: ItemRow, info: Info) -> Money:
        return Money(root.cancel_pending_value, root.currency)

    @staticmethod
    def reason(root: ItemRow, info: Info) -> str | None:
        newest = _newest_refund_request(root, info)
        return newest.message or None if newest else None

    @staticmethod
    def reason_reference(root: ItemRow, info: Info) -> Any:
        newest = _newest_refund_request(root, info)
        return follow_foreign_key(newest, info, "reason_reference") if newest else None

    created_by = staticmethod(creator_of)
    order = staticmethod(order_of)
    checkout = staticmethod(checkout_of)


def _newest_refund_request(item: ItemRow, info: Info) -> EventRow | None:
    """The newest request to give money back, which tells the transaction's reason."""
    requests = (event for event in TransactionItem.events(item, info) if event.type == "REFUND_REQUEST")
    return next(requests, None)


class TransactionEvent(SaleorType, model=EventRow):
    created_by = staticmethod(creator_of)

    @staticmethod
    def amount(root: EventRow, info: Info) -> Money:
        return Money(root.amount_value, root.currency)
