"""GraphQL types of transactions and their events."""

from typing import Any

from store.engine.graphql.batching import batched
from store.engine.graphql.checkout.lookup import uuid_of
from store.engine.graphql.payments.sources import checkout_of, creator_of, order_of
from store.engine.graphql.registry import Info, SaleorType, query
from store.engine.money import Money
from store.engine.payments.models import TransactionEvent as EventRow
from store.engine.payments.models import TransactionItem as ItemRow


@query(permissions="HANDLE_PAYMENTS")
def transaction(info: Info, *, id: str | None = None) -> ItemRow | None:
    return ItemRow.objects.filter(pk=uuid_of(id, "TransactionItem")).first() if id else None


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

    created_by = staticmethod(creator_of)
    order = staticmethod(order_of)
    checkout = staticmethod(checkout_of)


class TransactionEvent(SaleorType, model=EventRow):
    created_by = staticmethod(creator_of)

    @staticmethod
    def amount(root: EventRow, info: Info) -> Money:
        return Money(root.amount_value, root.currency)
