"""Who has one permission alone: every address of the desk opens, and acts, for the permissions that are written here."""

import pytest
from django.db import connection
from django.template.response import TemplateResponse
from django.test import Client

from store.engine.accounts.models import Group, User
from store.engine.events.permission_codes import ALL_PERMISSIONS
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Stock
from store.reviews.models import Review
from store.safety.models import Lot, LotQuantity, Recall
from tests.engine.admin.conftest import Shop
from tests.engine.admin.test_roles import MADE_HERE, NOBODY, addresses, rows

__all__ = ["rows"]
pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = {"MANAGE_PRODUCTS", "MANAGE_PAGES", "MANAGE_SETTINGS"}
MAY = {
    "accounts.StaffMember": {"MANAGE_STAFF"},
    "accounts.User": {"MANAGE_USERS", "MANAGE_ORDERS"},
    "back_in_stock.StockRequest": {"MANAGE_PRODUCTS"},
    "catalog.Menu": {"MANAGE_MENUS"},
    "catalog.Page": {"MANAGE_PAGES"},
    "catalog.Product": {"MANAGE_PRODUCTS"},
    "channels.Channel": {"MANAGE_CHANNELS"},
    "channels.RefusedSentence": TEXTS,
    "channels.Waiver": TEXTS,
    "checkout.Checkout": {"MANAGE_CHECKOUTS"},
    "discounts.GiftCard": {"MANAGE_GIFT_CARD"},
    "discounts.Voucher": {"MANAGE_DISCOUNTS"},
    "events.Event": {"MANAGE_STAFF"},
    "events.EventDelivery": {"MANAGE_APPS"},
    "mailer.Alarm": {"MANAGE_ORDERS"},
    "mailer.ContactTask": {"MANAGE_ORDERS"},
    "mailer.DeliveryReport": {"MANAGE_ORDERS"},
    "mailer.Heartbeat": {"MANAGE_ORDERS"},
    "mailer.MailPlan": {"MANAGE_ORDERS"},
    "mailer.OrderEvent": {"MANAGE_ORDERS"},
    "mailer.Reconciliation": {"MANAGE_ORDERS"},
    "mailer.SendingPause": {"MANAGE_ORDERS"},
    "orders.Order": {"MANAGE_ORDERS"},
    "reviews.Review": {"MANAGE_PRODUCTS"},
    "safety.Lot": {"MANAGE_PRODUCTS", "MANAGE_ORDERS"},
    "safety.Recall": {"MANAGE_ORDERS"},
    "safety.RecallRecipient": {"MANAGE_ORDERS"},
    "shipping.ShippingMethod": {"MANAGE_SHIPPING"},
    "shipping.ShippingZone": {"MANAGE_SHIPPING"},
    "stock.Stock": {"MANAGE_PRODUCTS"},
    "stock.StockMovement": {"MANAGE_PRODUCTS"},
    "stock.Warehouse": {"MANAGE_PRODUCTS"},
    "taxes.TaxClass": {"MANAGE_TAXES"},
}
NARROWER: dict[
    str, set[str]
] = {  # than the rest of the pages about these rows; two permissions are had by no single one
    "accounts_user_erase": {"MANAGE_USERS"},
    "channels_waiver_add": {"MANAGE_SETTINGS"},
    "orders_order_charge": set(),
    "orders_order_refund": set(),
    "orders_order_refund-lines": set(),
    "safety_lot_correct": {"MANAGE_PRODUCTS"},
    "safety_recall_add": set(),
}


def colleague(*codes: str) -> Client:
    number = User.objects.count()
    user = User.objects.create_user(f"single{number}@cupwell.example", "cupwell-demo", is_staff=True)
    user.groups.add(Group.objects.create(name=f"Single {number}", permissions=list(codes)))
    client = Client()
    client.force_login(user)
    return client


def declared(model: str, name: str) -> set[str]:
    return NARROWER.get(name, MAY[model])


def test_each_declared_permission_opens_its_pages_alone(rows: None) -> None:
    pages, wrong = list(addresses()), {}
    for code in sorted(set().union(*MAY.values())):
        client = colleague(code)
        for model, name, path in pages:
            by_operations = name.endswith(NOBODY) and not (name.endswith("_add") and model in MADE_HERE)
            is_open = code in declared(model, name) and (name in NARROWER or not by_operations)
            if is_open and client.get(path).status_code == 403:
                wrong[code, name] = path
    assert wrong == {}


def database_as_it_is() -> dict[str, object]:
    """What an act of the desk would change here."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM orders_orderevent")
        events = cursor.fetchone()
    return {
        "events": events,
        "order": list(Order.objects.values_list("status", "private_metadata", "user_email")),
        "money": list(TransactionItem.objects.values_list("charged_value", "refund_pending_value")),
        "stock": list(Stock.objects.values_list("quantity", flat=True)),
        "reviews": list(Review.objects.values_list("state", "answer")),
        "lots": list(LotQuantity.objects.values_list("quantity", flat=True)),
        "recalls": list(Recall.objects.values_list("state", flat=True)),
        "staff": sorted(User.objects.values_list("email", "is_active")),
    }


def test_all_other_permissions_together_neither_open_nor_act(rows: None, shop: Shop) -> None:
    Review.objects.create(
        order_id="o", order_number="17", line_id="l", product_slug="starter", product_name="Starter", rating=5
    )
    LotQuantity.objects.create(lot=Lot.objects.get(), warehouse="east", quantity=3)
    form = {
        "orders": "17", "message": "hi", "state": "approved", "answer": "x", "quantity": "1", "note": "n", "step": "submit",
        "warehouse": "east", "reason": "r", "carrier": "", "amount": "1", "post": "yes",
    }  # fmt: skip
    by_need: dict[frozenset[str], list[tuple[str, str]]] = {}
    for model, name, path in addresses():
        if MAY[model] & declared(model, name):  # the others ask for two permissions
            by_need.setdefault(frozenset(declared(model, name)), []).append((name, path))
    clients = {need: colleague(*sorted(ALL_PERMISSIONS - need)) for need in by_need}
    before, opened = database_as_it_is(), {}
    for need, pages in by_need.items():
        for name, path in pages:
            for status in (clients[need].get(path).status_code, clients[need].post(path, form).status_code):
                if status not in (403, 404, 405):
                    opened[name] = status
    assert opened == {}
    assert database_as_it_is() == before


@pytest.mark.parametrize("act", ["refund", "charge", "refund-lines", "close-payment", "record-payment"])
def test_no_money_moves_without_leave_to_handle_payments(
    shop: Shop, act: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TemplateResponse, "rendered_content", "")
    order = shop.order()
    payment = shop.refundable(order)
    client = colleague("MANAGE_ORDERS")
    before = database_as_it_is()
    form = {"payment": str(payment.pk), "amount": "1", "reason": "r", "reference": "x"}
    assert client.post(f"/admin/orders/order/{order.pk}/{act}/", form).status_code in (302, 403)
    assert database_as_it_is() == before


def test_a_return_is_taken_back_but_not_paid_without_leave_to_handle_payments(shop: Shop) -> None:
    order = shop.order()
    page = colleague("MANAGE_ORDERS").get(f"/admin/orders/order/{order.pk}/return/")
    assert 'name="refund"' not in page.content.decode()
