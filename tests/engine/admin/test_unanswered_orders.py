"""An order whose payment app gave no answer: named at the desk, settled on the order's page."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from store.engine.payments.models import TransactionItem
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db
TITLE = "Payment of an order without an answer"


@pytest.fixture
def item(shop: Shop) -> TransactionItem:
    """Asked for 10.00 an hour ago."""
    made = TransactionItem.objects.create(
        order_id=shop.order(paid=False).pk,
        currency="USD",
        app_identifier="a",
        name="Cards",
        awaits_result=True,
    )
    made.events.create(
        type="CHARGE_REQUEST", amount_value=Decimal(10), currency="USD", include_in_calculations=False
    )
    TransactionItem.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(hours=1))
    return made


def is_named(desk: Client) -> bool:
    return TITLE in [one.title for one in desk.get("/admin/").context["concerns"]]


def send(desk: Client, item: TransactionItem, view: str, reference: str = "") -> None:
    form = {"payment": str(item.pk), "reference": reference}
    desk.post(f"/admin/orders/order/{item.order_id}/{view}/", form)
    item.refresh_from_db()


def test_it_is_named_once_the_app_had_its_time(admin_client: Client, item: TransactionItem) -> None:
    assert is_named(admin_client)
    listed = admin_client.get("/admin/orders/order/?state=unanswered").context["cl"].result_list
    assert [order.pk for order in listed] == [item.order_id]
    page = admin_client.get(f"/admin/orders/order/{item.order_id}/change/").text
    assert "Cards: was it charged?" in page
    TransactionItem.objects.filter(pk=item.pk).update(created_at=timezone.now())
    assert not is_named(admin_client)


def test_what_the_provider_shows_is_recorded_once(admin_client: Client, item: TransactionItem) -> None:
    for reference in ("", "pi_1", "pi_1"):
        send(admin_client, item, "record-payment", reference)
    assert (item.awaits_result, item.charged_value, item.psp_reference) == (False, 10, "pi_1")
    assert not is_named(admin_client)


def test_what_the_provider_does_not_show_is_closed(admin_client: Client, item: TransactionItem) -> None:
    send(admin_client, item, "close-payment")
    assert (item.awaits_result, item.charged_value) == (False, 0)
    assert not is_named(admin_client)
