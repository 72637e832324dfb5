"""Who stands in an order's history as the author."""

import pytest

from store.engine.events.current_actor import Actor, acting_as
from store.engine.orders import order_events
from store.engine.orders.models import Order
from tests.engine.orders.order_flow import bought


@pytest.mark.parametrize(
    ("actor", "user", "app"),
    [(Actor("User", "7"), 7, None), (Actor("App", "8"), None, 8), (Actor(), None, None)],
)
def test_the_author_is_the_person_or_app_that_acts(actor: Actor, user: int | None, app: int | None) -> None:
    with acting_as(lambda: actor):
        event = order_events.build(Order(), "OTHER", message="Called")
    assert (event.user_id, event.app_id, event.parameters) == (user, app, {"message": "Called"})


@pytest.mark.django_db
def test_events_are_stored_in_their_order_and_the_last_is_answered() -> None:
    _, order = bought(1)
    first, second = (order_events.build(order, "OTHER", message=text) for text in ("a", "b"))
    assert order_events.record(first, second) is second
    stored = order.events.filter(type="OTHER").order_by("pk")
    assert [event.parameters["message"] for event in stored] == ["a", "b"]
