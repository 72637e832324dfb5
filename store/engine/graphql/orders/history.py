"""GraphQL type of the events in an order's history."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from store.engine.errors import PermissionDenied
from store.engine.events.models import App
from store.engine.graphql.batching import batched, follow_foreign_key
from store.engine.graphql.plain_values import OrderEventDiscount, OrderEventOrderLine
from store.engine.graphql.registry import Info, SaleorType
from store.engine.graphql.stored_parameters import parameter
from store.engine.money import Money
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
        return [
            [_line(found.get(pk), event.parameters.get("line_discounts", {}).get(pk)) for pk in pks]
            for event, pks in zip(events, pks_by_event, strict=True)
        ]

    @staticmethod
    def discount(root: EventRow, info: Info) -> OrderEventDiscount | None:
        told = root.parameters.get("discount")
        return _discount(told, follow_foreign_key(root, info, "order").currency) if told else None


def _line(row: LineRow | None, told: dict[str, Any] | None) -> OrderEventOrderLine:
    return {
        "quantity": row.quantity if row else None,
        "order_line": row,
        "item_name": str(row) if row else None,
        "discount": _discount(told, row.currency) if told and row else None,
    }


def _discount(told: dict[str, Any], currency: str) -> OrderEventDiscount:
    """What the history keeps of a discount that staff gave, with amounts in this currency."""

    def decimal(name: str) -> Decimal | None:
        return None if told.get(name) is None else Decimal(told[name])

    def money(name: str) -> Money | None:
        amount = decimal(name)
        return None if amount is None else Money(amount, currency)

    return {
        "value_type": told["value_type"],
        "value": Decimal(told["value"]),
        "reason": told.get("reason"),
        "amount": money("amount"),
        "old_value_type": told.get("old_value_type"),
        "old_value": decimal("old_value"),
        "old_amount": money("old_amount"),
    }


def _rows_named_by(events: list[EventRow], name: str, model: Any) -> list[Any]:
    pks = [event.parameters.get(name) for event in events]
    found = {str(row.pk): row for row in model.objects.filter(pk__in={pk for pk in pks if pk})}
    return [found.get(str(pk)) for pk in pks]


def _union(lists: Iterable[list[Any]]) -> set[Any]:
    return {pk for pks in lists for pk in pks}
