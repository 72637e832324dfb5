"""Addresses of an order are corrected before its mails and parcels leave."""

import pytest

from store.engine.accounts.models import Address
from store.engine.errors import OperationError, OperationErrors, ValuesChanged
from store.engine.orders import contact_details, staff_operations
from store.engine.orders.models import Order
from tests.engine.orders.order_flow import bought, event_types, send

pytestmark = pytest.mark.django_db


def given(order: Order, **changes: str) -> dict[str, str]:
    return contact_details.current(order) | changes


def test_the_email_and_the_shipping_address_are_corrected() -> None:
    _, order = bought(2)
    billing = order.billing_address
    contact_details.correct(
        order_id=order.pk, given=given(order, user_email="Bob@Example.com", street_address_1="2 New Street")
    )
    order = Order.objects.get()
    assert order.user_email == "Bob@example.com"
    assert contact_details.current(order)["street_address_1"] == "2 New Street"
    assert order.billing_address == billing
    assert event_types(order)[-1] == "ORDER_UPDATED"
    events = order.events.filter(type__in=("OTHER", "UPDATED_ADDRESS"))
    assert [(event.type, event.parameters.get("message")) for event in events] == [
        ("OTHER", "E-mail address corrected from ada@example.com to Bob@example.com."),
        ("UPDATED_ADDRESS", None),
    ]


def test_the_same_values_change_nothing() -> None:
    _, order = bought(2)
    before = event_types(order)
    contact_details.correct(order_id=order.pk, given=given(order))
    assert event_types(order) == before


@pytest.mark.parametrize(
    "changes", [{"user_email": "ada@example,com"}, {"postal_code": "ABC"}, {"country": ""}]
)
def test_a_wrong_address_is_refused_and_changes_nothing(changes: dict[str, str]) -> None:
    _, order = bought(2)
    before = contact_details.current(order)
    with pytest.raises((OperationError, OperationErrors)):
        contact_details.correct(order_id=order.pk, given=given(order, **changes))
    assert contact_details.current(Order.objects.get()) == before


def test_when_everything_is_sent_only_the_email_can_be_corrected() -> None:
    shop, order = bought(2)
    form = given(order, city="Boston")
    send(shop, order, 2)
    with pytest.raises(OperationError, match="Everything is sent"):
        contact_details.correct(order_id=order.pk, given=form)
    contact_details.correct(order_id=order.pk, given={"user_email": "bob@example.com"})
    assert Order.objects.get().user_email == "bob@example.com"


def test_the_address_of_a_canceled_order_stays() -> None:
    _, order = bought(2)
    staff_operations.cancel(order_id=order.pk)
    assert set(contact_details.current(Order.objects.get())) == {"user_email"}


def test_what_somebody_else_corrected_is_not_overwritten() -> None:
    _, order = bought(2)
    seen = contact_details.current(order)
    contact_details.correct(order_id=order.pk, given=seen | {"user_email": "theirs@example.com"})
    with pytest.raises(ValuesChanged) as refused:
        contact_details.correct(order_id=order.pk, given=seen | {"user_email": "mine@example.com"}, seen=seen)
    assert [(change.field, change.now) for change in refused.value.changes] == [
        ("user_email", "theirs@example.com")
    ]


def test_one_form_corrects_once() -> None:
    _, order = bought(2)
    for email in ("bob@example.com", "eve@example.com"):
        contact_details.correct(order_id=order.pk, given={"user_email": email}, request_key="form 1")
    assert Order.objects.get().user_email == "bob@example.com"


def test_what_was_corrected_at_the_same_moment_to_the_same_value_is_no_conflict() -> None:
    _, order = bought(2)
    seen = contact_details.current(order)
    for _ in range(2):
        contact_details.correct(order_id=order.pk, given={"user_email": "bob@example.com"}, seen=seen)
    assert Order.objects.get().user_email == "bob@example.com"
    assert order.events.filter(type="OTHER").count() == 1


def test_of_a_partly_sent_order_the_address_can_still_be_corrected() -> None:
    shop, order = bought(2)
    send(shop, order, 1)
    order = contact_details.correct(
        order_id=order.pk, given=given(order, city="Palo Alto", postal_code="94301")
    )
    assert contact_details.current(order)["city"] == "PALO ALTO"


def test_an_address_alone_leaves_the_email_as_it_is() -> None:
    _, order = bought(2)
    same_email = contact_details.current(order)["user_email"]
    order = contact_details.correct(order_id=order.pk, given={"street_address_1": "2 New Street"})
    found = contact_details.current(order)
    assert (found["street_address_1"], found["city"], found["user_email"]) == (
        "2 New Street",
        "MOUNTAIN VIEW",
        same_email,
    )
    assert [event.type for event in order.events.filter(type__in=("OTHER", "UPDATED_ADDRESS"))] == [
        "UPDATED_ADDRESS"
    ]


def test_an_order_without_an_address_has_none_to_correct() -> None:
    _, order = bought(2)
    order.shipping_address = None
    order.save()
    assert set(contact_details.current(order)) == {"user_email"}


def test_an_unconfirmed_order_can_be_corrected_and_what_was_no_address_is_named() -> None:
    _, order = bought(2)
    Order.objects.update(status="UNCONFIRMED", user_email="")
    order = contact_details.correct(
        order_id=order.pk, given={"user_email": "bob@example.com", "street_address_1": "2 New Street"}
    )
    assert order.shipping_address
    assert order.shipping_address.street_address_1 == "2 New Street"
    message = order.events.get(type="OTHER").parameters["message"]
    assert message == "E-mail address corrected from none to bob@example.com."


def test_a_form_sent_twice_corrects_once_and_answers_with_the_order() -> None:
    _, order = bought(1)
    for _ in range(2):
        found = contact_details.correct(
            order_id=order.pk, given={"user_email": "bob@example.com"}, request_key="form 1"
        )
        assert (found, found.user_email) == (order, "bob@example.com")
    assert event_types(order).count("ORDER_UPDATED") == 1


def test_an_address_that_is_given_is_a_row_of_its_own() -> None:
    _, order = bought(1)
    other = {name: str(getattr(order.billing_address, name)) for name in Address.FIELDS} | {"city": "Austin"}
    contact_details.set_addresses(order, shipping=None, billing=None)
    assert Order.objects.get().shipping_address == order.shipping_address
    contact_details.set_addresses(order, shipping=other, billing=other)
    assert order.shipping_address
    assert order.billing_address
    assert order.shipping_address.pk != order.billing_address.pk
    assert {order.shipping_address.city.title(), order.billing_address.city.title()} == {"Austin"}
    assert order.events.filter(type="UPDATED_ADDRESS").count() == 2


def test_the_address_of_what_is_sent_stays() -> None:
    shop, order = bought(1)
    before = order.shipping_address
    send(shop, order, 1)
    given = {name: str(getattr(before, name)) for name in Address.FIELDS} | {"city": "Austin"}
    with pytest.raises(OperationError) as refused:
        contact_details.set_addresses(order, shipping=given, billing=None)
    assert (refused.value.field, Order.objects.get().shipping_address) == ("shippingAddress", before)
