"""GraphQL types of a gift card's history."""

from decimal import Decimal
from typing import Any

from store.engine.accounts.models import User
from store.engine.discounts.models import GiftCardEvent as EventRow
from store.engine.errors import PermissionDenied
from store.engine.events.models import App
from store.engine.graphql.batching import batched, bind_siblings, follow_foreign_key
from store.engine.graphql.channel_access import reachable
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.plain_values import GiftCardEventAssignment as Assignment
from store.engine.graphql.plain_values import GiftCardEventBalance
from store.engine.graphql.registry import Info, SaleorType, requires_permission, restrict_fields
from store.engine.graphql.stored_parameters import parameter
from store.engine.money import Money
from store.engine.orders.models import Order


class GiftCardEvent(SaleorType, model=EventRow):
    message = parameter("message")
    email = parameter("email")
    tags = parameter("tags")
    old_tags = parameter("old_tags")
    expiry_date = parameter("expiry_date")
    old_expiry_date = parameter("old_expiry_date")

    @staticmethod
    def user(root: EventRow, info: Info) -> Any:
        if not info.context.has_permission("MANAGE_USERS", "MANAGE_STAFF"):
            raise PermissionDenied("MANAGE_USERS", "MANAGE_STAFF", "OWNER")
        return follow_foreign_key(root, info, "user")

    @staticmethod
    @requires_permission("MANAGE_APPS")
    @batched
    def app(events: list[EventRow], info: Info) -> list[App | None]:
        found = App.objects.in_bulk({event.app_id for event in events} - {None})
        return [found.get(event.app_id) for event in events]

    @staticmethod
    @batched
    def assigned_to(events: list[EventRow], info: Info) -> list[Assignment | None]:
        stored = [event.parameters.get("assignment") or {} for event in events]
        pks = {row[name] for row in stored for name in ("user", "old_user") if row.get(name)}
        users = {user.pk: user for user in bind_siblings(info, User.objects.filter(pk__in=pks))}
        return [_assignment(row, users) if row else None for row in stored]

    @staticmethod
    @batched
    def order_id(events: list[EventRow], info: Info) -> list[str | None]:
        found = _order_numbers(events, info)
        return [
            to_global_id("Order", event.order_id) if event.order_id in found else None for event in events
        ]

    @staticmethod
    @batched
    def order_number(events: list[EventRow], info: Info) -> list[str | None]:
        found = _order_numbers(events, info)
        return [str(found[event.order_id]) if event.order_id in found else None for event in events]

    @staticmethod
    @batched
    def balance(events: list[EventRow], info: Info) -> list[GiftCardEventBalance | None]:
        """Of a card that was issued, its balance; of a change, the balance before and after it."""
        return [_balance(event, follow_foreign_key(event, info, "gift_card").currency) for event in events]


def _order_numbers(events: list[EventRow], info: Info) -> dict[Any, int]:
    """By primary key, of the orders within the requestor's reach."""
    orders = Order.objects.filter(pk__in=[event.order_id for event in events if event.order_id])
    return dict(reachable(orders, info.context).values_list("pk", "number"))


@restrict_fields("MANAGE_USERS", "MANAGE_STAFF", fields=("old_assigned_to", "current_assigned_to"))
class GiftCardEventAssignment(SaleorType):
    pass


def _assignment(stored: dict[str, Any], users: dict[int, User]) -> Assignment:
    return {
        "old_assigned_to": users.get(stored["old_user"]),
        "current_assigned_to": users.get(stored["user"]),
        "old_assigned_to_email": stored["old_email"],
        "current_assigned_to_email": stored["email"],
    }


def _balance(event: EventRow, currency: str) -> GiftCardEventBalance | None:
    stored = event.parameters.get("balance")
    if stored is None:
        return None
    change = stored if isinstance(stored, dict) else {"after": stored}
    after, before = Money(Decimal(change["after"]), currency), change.get("before")
    old = Money(Decimal(before), currency) if before is not None else None
    is_reset = event.type in ("ISSUED", "BALANCE_RESET")
    return {
        "initial_balance": after if is_reset else None,
        "current_balance": after,
        "old_initial_balance": None,
        "old_current_balance": old,
    }
