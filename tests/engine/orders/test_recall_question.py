"""The embedded shop answers the question of a recall: which orders have which lots, and what came back."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from store.engine.events import apps
from store.engine.graphql.serve import serve
from store.engine.orders import returns
from store.engine.orders.models import FulfillmentLine
from store.engine.orders.returns import ReturnLine
from store.safety.recalls.scan import BEFORE_ANY_ORDER, recalled_pieces
from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.transports import InProcessTransport
from tests.engine.orders.order_flow import bought, send
from tests.engine.orders.test_recorded_lots import receive

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_app() -> None:
    """The app as which the store asks."""
    call_command("prepare", verbosity=0)


def pieces() -> list[tuple[str, int]]:
    """(lot, quantity) of what is recalled of SKU CUP."""
    page = _staff().recall_orders(from_=BEFORE_ANY_ORDER, until=timezone.now()).orders
    assert page is not None
    return [
        (one.lot, one.quantity) for edge in page.edges for one in recalled_pieces(edge.node, {"CUP": {"A"}})
    ]


def _staff() -> Client:
    before = dict(clients._clients)
    try:
        clients.connect(InProcessTransport(serve), staff_token=apps.internal_app_token())
        return clients.staff()
    finally:
        clients._clients.clear()
        clients._clients.update(before)


def test_a_parcel_with_the_lot_is_found_until_it_came_back() -> None:
    shop, order = bought(3)
    assert pieces() == []  # nothing was sent yet
    receive("A", 2)
    receive("B", 5)
    send(shop, order, 3)
    assert pieces() == [("A", 2)]


def test_pieces_of_no_recorded_lot_count_as_recalled() -> None:
    shop, order = bought(3)
    receive("A", 2)
    send(shop, order, 3)
    assert pieces() == [("A", 2), ("", 1)]


def test_what_came_back_is_no_longer_asked_for() -> None:
    shop, order = bought(3)
    receive("A", 5)
    line = FulfillmentLine.objects.get(fulfillment=send(shop, order, 3))
    returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(line.pk, 2)], restock_to=None)
    assert pieces() == [("A", 1)]
    returns.return_products(order_id=order.pk, fulfillment_lines=[ReturnLine(line.pk, 1)], restock_to=None)
    assert pieces() == []
