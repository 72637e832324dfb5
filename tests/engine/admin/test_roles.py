"""Who may open which page of the desk: every address of every page, asked by every role."""

from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.template.response import TemplateResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from store.engine.accounts.models import Group, User
from store.engine.accounts.roles import ROLES, ensure_roles
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.models import MailPlan
from store.safety.models import Lot, Recall
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
CATALOGUE, WAREHOUSE, SUPPORT, SAFETY = ROLES
ORDERS = {WAREHOUSE, SUPPORT, SAFETY}
GOODS = {CATALOGUE, WAREHOUSE, SAFETY}
OWNER = "owner"
OWNER_ALONE: set[str] = set()
MAY = {
    "accounts.StaffMember": OWNER_ALONE,
    "accounts.User": ORDERS,
    "back_in_stock.StockRequest": GOODS,
    "catalog.Menu": {CATALOGUE},
    "catalog.Page": {CATALOGUE, SAFETY},
    "catalog.Product": GOODS,
    "channels.Channel": OWNER_ALONE,
    "channels.RefusedSentence": GOODS,
    "channels.Waiver": GOODS,
    "checkout.Checkout": {SUPPORT},
    "discounts.GiftCard": OWNER_ALONE,
    "discounts.Voucher": OWNER_ALONE,
    "events.Event": OWNER_ALONE,
    "events.EventDelivery": OWNER_ALONE,
    "mailer.Alarm": ORDERS,
    "mailer.ContactTask": ORDERS,
    "mailer.DeliveryReport": ORDERS,
    "mailer.Heartbeat": ORDERS,
    "mailer.MailPlan": ORDERS,
    "mailer.OrderEvent": ORDERS,
    "mailer.Reconciliation": ORDERS,
    "mailer.SendingPause": ORDERS,
    "orders.Order": ORDERS,
    "reviews.Review": GOODS,
    "safety.Lot": GOODS | ORDERS,
    "safety.Recall": ORDERS,
    "safety.RecallRecipient": ORDERS,
    "shipping.ShippingMethod": OWNER_ALONE,
    "shipping.ShippingZone": OWNER_ALONE,
    "stock.Stock": GOODS,
    "stock.StockMovement": GOODS,
    "stock.Warehouse": GOODS,
    "taxes.TaxClass": OWNER_ALONE,
}
NARROWER = {  # than the rest of the pages about these rows
    "accounts_user_erase": {SUPPORT},
    "channels_waiver_add": OWNER_ALONE,
    "orders_order_charge": OWNER_ALONE,
    "orders_order_refund": OWNER_ALONE,
    "orders_order_refund-lines": OWNER_ALONE,
    "safety_recall_add": {SAFETY},
}
NOBODY = ("_add", "_delete")  # rows that only operations write
MADE_HERE = {  # rows that have a form of their own for a new one
    "catalog.Menu",
    "catalog.Page",
    "channels.Channel",
    "discounts.GiftCard",
    "discounts.Voucher",
    "shipping.ShippingMethod",
    "shipping.ShippingZone",
    "stock.Warehouse",
    "taxes.TaxClass",
}


def addresses() -> Iterator[tuple[str, str, str]]:
    """(model, name of the page, path) of all pages about rows; where the model has a row, of that row."""
    for model, pages in admin.site._registry.items():
        row = model._default_manager.order_by("pk").values_list("pk", flat=True).first()
        for pattern in pages.get_urls():
            if pattern.name:
                arguments = [str(row or 9_999_999)] * len(pattern.pattern.regex.groupindex)
                yield model._meta.label, pattern.name, reverse(f"admin:{pattern.name}", args=arguments)


def client_of(role: str, *, is_staff: bool = True) -> Client:
    user = User.objects.create_user("colleague@cupwell.example", "cupwell-demo", is_staff=is_staff)
    user.is_superuser = role == OWNER
    user.save()
    user.groups.set(Group.objects.filter(name=role))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def rows(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """One row of each kind of which the pages show persons or what is recalled. Pages are not drawn, which takes time."""
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    order = shop.order()
    now = timezone.now()
    MailPlan.objects.create(
        plan_key="a",
        message_id="<a@a>",
        mail_class=MailClass.SERVICE,
        kind=Kind.ORDER_CONFIRMATION,
        order_id=str(order.pk),
        order_number="17",
        recipient="ada@example.com",
        locale="en",
        due_at=now,
        next_attempt_at=now,
        priority=1,
    )
    Lot.objects.create(sku="CUP-A", code="L-1")
    Recall.objects.create(name="Torn rims")
    ensure_roles()


@pytest.mark.parametrize("role", [OWNER, *ROLES, "no role"])
def test_each_role_opens_its_pages_and_no_other(rows: None, role: str) -> None:
    client = client_of(role)
    wrong = {}
    for model, name, path in addresses():
        may = role in {OWNER, *NARROWER.get(name, MAY[model])}
        status = client.get(path).status_code
        is_right = status in (403, 404) if not may else status != 403
        by_operations = name.endswith(NOBODY) and not (name.endswith("_add") and model in MADE_HERE)
        if not is_right and (name in NARROWER or not by_operations):
            wrong[name] = status
    assert wrong == {}


def test_a_shopper_opens_none(rows: None) -> None:
    client = client_of("no role", is_staff=False)
    assert {client.get(path).status_code for _, _, path in addresses()} == {302}
    assert "/admin/login/" in client.get("/admin/mailer/mailplan/")["Location"]
