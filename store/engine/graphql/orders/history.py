"""GraphQL type of the events in an order's history."""

from collections.abc import Iterable
from typing import Any

from store.engine.errors import PermissionDenied
from store.engine.events.models import App
from store.engine.graphql.batching import batched, follow_foreign_key
from store.engine.graphql.plain_values import OrderEventOrderLine
from store.engine.graphql.registry import Info, SaleorType
from store.engine.graphql.stored_parameters import parameter
from store.engine.orders.models import FulfillmentLine as FulfillmentLineRow
from store.engine.orders.models import Order as OrderRow
from store.engine.orders.models import OrderEvent as EventRow
from store.engine.orders.models import OrderLine as LineRow
from store.engine.stock.models import Warehouse


class OrderEvent(SaleorType, model=EventRow):
    message = parameter("message")
    email = parameter("email")
    email_type = parameter("email_type")
    quantity = parameter("quantity")
    composed_id = parameter("composed_id")
    invoice_number = parameter("invoice_number")
    oversold_items = parameter("oversold_items")
    payment_id = parameter("payment_id")
    payment_gateway = parameter("payment_gateway")
    transaction_reference = parameter("transaction_reference")
    shipping_costs_included = parameter("shipping_costs_included")

    @staticmethod
    def reference(root: EventRow, info: Info) -> Any:
        return root.parameters.get("reference") or root.parameters.get("transaction_reference")

    @staticmethod
    def order_number(root: EventRow, info: Info) -> str:
        return str(follow_foreign_key(root, info, "order").number)

    @staticmethod
    def user(root: EventRow, info: Info) -> Any:
        if not info.context.has_permission("MANAGE_USERS", "MANAGE_STAFF"):
            raise PermissionDenied("MANAGE_USERS", "MANAGE_STAFF", "OWNER")
        return follow_foreign_key(root, info, "user")

    @staticmethod
    @batched
    def app(events: list[EventRow], info: Info) -> list[App | None]:
        found = App.objects.in_bulk({event.app_id for event in events} - {None})
        return [found.get(event.app_id) for event in events]

    @staticmethod
    def amount(root: EventRow, info: Info) -> float | None:
        amount = root.parameters.get("amount")
        return float(amount) if amount is not None else None

    @staticmethod
    @batched
    def related(events: list[EventRow], info: Info) -> list[EventRow | None]:
        """The note that a later wording replaces."""
        return _rows_named_by(events, "related", EventRow)

    @staticmethod
    @batched
    def warehouse(events: list[EventRow], info: Info) -> list[Warehouse | None]:
        return _rows_named_by(events, "warehouse", Warehouse)

    @staticmethod
    @batched
    def related_order(events: list[EventRow], info: Info) -> list[OrderRow | None]:
        return _rows_named_by(events, "related_order_pk", OrderRow)

    @staticmethod
    @batched
    def fulfilled_items(events: list[EventRow], info: Info) -> list[list[FulfillmentLineRow]]:
        pks_by_event = [event.parameters.get("fulfilled_items") or [] for event in events]
        found = FulfillmentLineRow.objects.in_bulk(_union(pks_by_event))
        return [[found[pk] for pk in pks if pk in found] for pks in pks_by_event]

    @staticmethod
    @batched
    def lines(events: list[EventRow], info: Info) -> list[list[OrderEventOrderLine]]:
        """The lines that were added, removed or returned; a line that has been deleted is told by null."""
        pks_by_event = [event.parameters.get("lines") or [] for event in events]
        found = {str(row.pk): row for row in LineRow.objects.filter(pk__in=_union(pks_by_event))}
        info.context.rows.bind(found.values())
        return [[_line(found.get(pk)) for pk in pks] for pks in pks_by_event]


def _line(row: LineRow | None) -> OrderEventOrderLine:
    return {
        "quantity": row.quantity if row else None,
        "order_line": row,
        "item_name": str(row) if row else None,
        "discount": None,
    }


def _rows_named_by(events: list[EventRow], name: str, model: Any) -> list[Any]:
    pks = [event.parameters.get(name) for event in events]
    found = {str(row.pk): row for row in model.objects.filter(pk__in={pk for pk in pks if pk})}
    return [found.get(str(pk)) for pk in pks]


def _union(lists: Iterable[list[Any]]) -> set[Any]:
    return {pk for pks in lists for pk in pks}
