"""The order and the checkout of payments and transactions, one statement each for all siblings."""

from typing import Any

from store.engine.accounts.models import User
from store.engine.checkout import queries as checkouts
from store.engine.checkout.models import Checkout
from store.engine.events.models import App
from store.engine.graphql.batching import batched
from store.engine.graphql.registry import Info
from store.engine.orders.models import Order


@batched
def order_of(rows: list[Any], _info: Info) -> list[Order | None]:
    found = Order.objects.in_bulk({row.order_id for row in rows} - {None})
    return [found.get(row.order_id) for row in rows]


@batched
def creator_of(rows: list[Any], info: Info) -> list[User | App | None]:
    """The app or the member of staff that made a transaction or reported its event; nobody for a customer's own, nor
    for an event that stands for an app's missing answer.

    Staff are named only to those who handle payments or orders.
    """
    apps = App.objects.filter(identifier__in={row.app_identifier for row in rows if row.app_identifier})
    app_by_identifier = {app.identifier: app for app in apps}
    may_see_staff = info.context.has_permission("HANDLE_PAYMENTS", "MANAGE_ORDERS")
    users = User.objects.in_bulk({row.user_id for row in rows if may_see_staff} - {None})
    return [app_by_identifier.get(row.app_identifier) or users.get(row.user_id) for row in rows]


@batched
def checkout_of(rows: list[Any], _info: Info) -> list[Checkout | None]:
    found = checkouts.checkouts().in_bulk({row.checkout_id for row in rows} - {None})
    return [found.get(row.checkout_id) for row in rows]
