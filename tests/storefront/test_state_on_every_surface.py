"""The life of an order, made by real operations, as the buyer's page, the admin and the mails tell it.

The orders are those of tests/engine/orders/test_state_matrix.py, which holds the state itself and the API.
"""

import html
import re

import pytest
from django.test import Client

from store.engine.accounts.models import User
from store.engine.channels import shop_settings
from store.engine.events import internal_app
from store.engine.orders.models import Order
from store.mailer import mail_contexts, orders, pre_send_checks
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan
from store.storefront.orders import order_token
from tests.engine import checkout_flow
from tests.engine.api_client import gid
from tests.engine.checkout_flow import Shop
from tests.engine.orders.test_state_matrix import MATRIX

pytestmark = pytest.mark.django_db
MAKERS = {row[0].__name__: row[0] for row in MATRIX}
OPEN, STILL_HERE = "$68.25 is open.", "$68.25 of what you paid is still with us and goes back to you."
NEXT, WHEN_PAID = "Next, we pack your parcel.", "We send it as soon as it is paid."

# What the page says after its headline │ its steps that are done │ the admin's labels │ may a confirmation still leave?
TABLE: dict[str, tuple[str, str, str, str, bool]] = {
    "paid": (f"Paid. {NEXT}", "Ordered Paid", "To send", "Paid", True),
    "unpaid": (f"Not paid yet: {OPEN}", "Ordered", "To confirm", "Unpaid", True),
    "partly_paid": (f"Partly paid: we received $20.00. {WHEN_PAID}", "Ordered", "Not sent", "Paid $20.00, $48.25 due", True),
    "authorized": (f"reserved with your bank and not charged yet. {WHEN_PAID}", "Ordered", "Not sent", "Reserved, not charged", True),
    "marked_as_paid": (f"Paid. {NEXT}", "Ordered Paid", "To send", "Paid", True),
    "goodwill_refund": ("Paid. $5.00 refunded on", "Ordered Paid", "To send", "Refunded $5.00 of $68.25", True),
    "full_refund": ("This order was refunded. $68.25 refunded on", "Ordered Paid Refunded", "Not sent", "Refunded $68.25 of $68.25", False),
    "canceled": (STILL_HERE, "Ordered Canceled", "Cancelled", "$68.25 still to be refunded", False),
    "canceled_and_refunded": ("$68.25 refunded on", "Ordered Canceled Refunded", "Cancelled", "Refunded $68.25 of $68.25", False),
    "partly_sent": ("Paid. 1 piece still to be sent.", "Ordered Paid", "Partly sent", "Paid", True),
    "partly_sent_and_refunded": ("1 piece still to be sent.", "Ordered Paid", "Partly sent", "Refunded $7.41 of $68.25", True),
    "sent": ("Paid. Everything is on its way.", "Ordered Paid Sent", "Sent", "Paid", True),
    "delivered": ("arrived on November 28, 2026.", "Ordered Paid Sent Delivered", "Delivered", "Paid", True),
    "parcel_canceled": (f"Paid. {NEXT}", "Ordered Paid", "To send", "Paid", True),
    "waits_for_approval": ("Paid.", "Ordered Paid", "Not sent", "Paid", True),
    "partly_returned": ("1 piece returned", "Ordered Paid Sent", "Partly returned", "Refunded $31.47 of $68.25", True),
    "returned": (STILL_HERE, "Ordered Paid Returned", "Returned", "$68.25 still to be refunded", True),
    "returned_and_refunded": ("came back to us. $68.25 refunded", "Ordered Paid Returned Refunded", "Returned", "Refunded $68.25 of $68.25", False),
    "returned_and_delivery_kept": ("came back to us. Paid. $62.93 refunded", "Ordered Paid Returned Refunded", "Returned", "Refunded $62.93 of $68.25", True),
    "expired": ("This order has expired. Nothing was charged.", "Ordered Expired", "Expired", "Nothing was paid", False),
}  # fmt: skip


@pytest.fixture
def shop() -> Shop:
    made = checkout_flow.create_shop()
    made.variant("CUP", price="29.00", stock=100)
    shop_settings.update(changes={"fulfillment_allow_unpaid": False})
    return made


def test_every_state_but_a_draft_has_its_row() -> None:
    """A draft has no page for its buyer yet, and a page of its own at the desk."""
    assert TABLE.keys() == MAKERS.keys() - {"draft"}


@pytest.mark.parametrize("name", TABLE)
def test_each_surface_tells_the_same_state(name: str, shop: Shop) -> None:
    sentence, done, delivery, payment, confirms = TABLE[name]
    order = Order.objects.get(pk=MAKERS[name](shop).pk)
    internal_app.ensure_app()
    page = Client().get(f"/orders/{order_token(gid(order))}/").text
    top = page[page.index('<div class="thanks">') : page.index('<div class="order-columns">')]
    assert sentence in _text(top)
    assert " ".join(re.findall(r'<li class="done"><strong>(.*?)</strong>', top)) == done
    desk = _desk(order)
    assert delivery in desk
    assert payment in desk
    _check_mails(order, confirms=confirms)


def _desk(order: Order) -> list[str]:
    """The texts of all labels on the page of the order."""
    client = Client()
    client.force_login(User.objects.create_superuser("merchant@example.com", "cupwell-demo"))
    page = client.get(f"/admin/orders/order/{order.pk}/change/").text
    return [html.unescape(label).strip() for label in re.findall(r"<span[^>]*>([^<]*)</span>", page)]


def _check_mails(order: Order, *, confirms: bool) -> None:
    fetched = orders.fetch(gid(order))
    assert fetched
    is_canceled = order.status == "CANCELED"
    plan = MailPlan(kind=Kind.ORDER_CANCELLED, locale="en", order_id=fetched.id)
    assert (pre_send_checks.check_cancelled(plan, fetched) is None) == is_canceled
    if order.status not in ("CANCELED", "EXPIRED"):  # their other mails were cancelled with them
        assert (pre_send_checks.check_confirmation(plan, fetched) is None) == confirms
    if is_canceled:
        told = mail_contexts.order_cancelled(plan, fetched)
        assert told["paid"] == "$68.25"
        assert {told["refunded"], told["refund_due"]} == {"", "$68.25"}
        assert bool(told["refund_due"]) == fetched.state.refund_due.is_normal()


def _text(markup: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup)))
