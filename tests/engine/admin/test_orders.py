import re
import secrets
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext

from store.engine.accounts.models import Address, Group, User
from store.engine.events.models import Event
from store.engine.orders.models import Fulfillment, Order, OrderEvent, OrderLine
from store.engine.payments.gateways import DummyGateway, Response
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.stock.models import Stock, StockMovement

pytestmark = pytest.mark.django_db(transaction=True)


def order_url(order, name="change"):
    return f"/admin/orders/order/{order.pk}/{name}/"


def fulfill_form(order, shop, *, quantity=2, warehouse=0, tracking="1Z999", **more):
    line = order.lines.get()
    return {
        f"quantity-{line.pk}": quantity,
        f"warehouse-{line.pk}": str(shop.warehouses[warehouse].pk),
        "tracking_number": tracking,
        "notify_customer": "on",
        "request_key": secrets.token_hex(8),
    } | {f"lot-{line.pk}": more.get("lot", "")}


def recorded_events():
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("17", [17]),
        ("#17", [17]),
        (" # 17 ", [17]),
        ("7", [7]),
        ("#7", [7]),
        ("ada7@example", [17]),
        ("Ada Guest", [18, 17, 7]),
        ("guest ada", [18, 17, 7]),
        ("Bob", [18]),
        ("mountain view", [18, 17, 7]),
        ("CUP-A", [18, 17, 7]),
        ("starter", [18, 17, 7]),
        ("LOT-9", [17]),
        ("1Z999", [7]),
        ("#99", []),
        ("Ada Bob", [18]),
        ("Ada Nobody", []),
        ("9" * 400, []),
        ("\u0667", []),
    ],
)
def test_the_list_finds_an_order_by_what_the_merchant_knows_of_it(admin_client, shop, words, found):
    by_parcel, by_mail, by_bill = shop.order(7), shop.order(17), shop.order(18)
    Order.objects.filter(pk=by_mail.pk).update(user_email="ada7@example.com")
    Address.objects.filter(pk=by_bill.billing_address_id).update(first_name="Bob")
    by_mail.lines.update(metadata={"lot:LOT-9": "2"})
    Fulfillment.objects.create(order=by_parcel, fulfillment_order=1, tracking_number="1Z999")
    page = admin_client.get("/admin/orders/order/", {"q": words})
    assert [order.number for order in page.context["cl"].result_list] == found


def test_the_list_shows_what_is_still_to_send(admin_client, shop):
    shop.order(17)
    sent = shop.order(18)
    Order.objects.filter(pk=sent.pk).update(status="FULFILLED")
    sent.lines.update(quantity_fulfilled=F("quantity"))
    page = admin_client.get("/admin/orders/order/", {"state": "open"})
    assert [order.number for order in page.context["cl"].result_list] == [17]


def test_fifty_orders_cost_as_many_statements_as_one(admin_client, shop):
    def statements():
        with CaptureQueriesContext(connection) as captured:
            admin_client.get("/admin/orders/order/")
        return len(captured)

    shop.order(1)
    statements()
    for_one = statements()
    for number in range(2, 12):
        shop.order(number, pieces=0)
    assert statements() == for_one <= 15


def test_the_page_of_a_sent_order_takes_fifteen_statements(admin_client, sent, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        admin_client.get(order_url(sent))


def test_the_page_of_an_order_shows_what_is_needed_to_pack_it(admin_client, shop):
    text = admin_client.get(order_url(shop.order())).content.decode()
    for words in ("Silicone starter set", "CUP-A", "silicone-cups@1.0", "$31.50", "$67.90", "1600 Amphitheatre Pkwy", "ada@example.com", "The order was placed.", "psp-1"):  # fmt: skip
        assert words in text


def test_fulfilling_moves_stock_records_events_and_stores_the_actor(admin_client, shop, merchant):
    order = shop.order()
    answer = admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop), follow=True)
    assert "The parcel is on its way" in answer.content.decode()
    fulfillment = Fulfillment.objects.get()
    assert (fulfillment.tracking_number, fulfillment.status) == ("1Z999", "FULFILLED")
    assert (shop.stock().quantity, shop.stock().quantity_allocated) == (8, 0)
    assert {"FULFILLMENT_CREATED", "ORDER_FULFILLED"} <= set(recorded_events())
    assert OrderEvent.objects.last().user == merchant
    assert Event.objects.filter(principal_kind="User", principal_pk=str(merchant.pk)).count() == len(
        recorded_events()
    )


def test_a_parcel_of_an_order_of_four_hundred_lines_leaves(admin_client, shop):
    """Its form has three fields for each line, more than Django takes by itself."""
    order = shop.order()
    form, line = fulfill_form(order, shop), order.lines.get()
    warehouse = str(shop.warehouses[0].pk)
    for _ in range(399):
        line.pk = uuid4()
        line.save(force_insert=True)
        form |= {f"quantity-{line.pk}": 0, f"warehouse-{line.pk}": warehouse, f"lot-{line.pk}": ""}
    assert len(form) > 1_200
    assert admin_client.post(order_url(order, "fulfil"), form).status_code == 302
    assert Fulfillment.objects.get().lines.get().quantity == 2


def test_an_order_can_be_fulfilled_in_part(admin_client, shop):
    order = shop.order()
    admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop, quantity=1))
    order.refresh_from_db()
    assert (order.status, shop.stock().quantity) == ("PARTIALLY_FULFILLED", 9)
    assert 'value="1"' in admin_client.get(order_url(order, "fulfil")).content.decode()


def test_the_form_offers_the_warehouse_that_the_line_is_allocated_in(admin_client, shop):
    order = shop.order()
    form = admin_client.get(order_url(order, "fulfil")).context["form"]
    [row] = form.rows()
    assert row["warehouse"].value() == str(shop.warehouses[0].pk)


def test_more_than_the_open_quantity_is_refused(admin_client, shop):
    order = shop.order()
    answer = admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop, quantity=3))
    assert answer.status_code == 422
    assert (Fulfillment.objects.count(), shop.stock().quantity, recorded_events()) == (0, 10, [])


def test_insufficient_stock_is_refused_with_a_message(admin_client, shop):
    order = shop.order()
    Stock.objects.filter(pk=shop.stock(0, 1).pk).update(quantity=1)
    answer = admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop, warehouse=1))
    assert answer.status_code == 422
    assert "There is not enough in stock." in answer.content.decode()
    assert (Fulfillment.objects.count(), shop.stock(0, 1).quantity, recorded_events()) == (0, 1, [])


def test_submitting_twice_fulfills_once(admin_client, shop):
    order = shop.order()
    form = fulfill_form(order, shop)
    first, second = (
        admin_client.post(order_url(order, "fulfil"), form),
        admin_client.post(order_url(order, "fulfil"), form),
    )
    assert (first.status_code, second.status_code) == (302, 302)
    assert (Fulfillment.objects.count(), shop.stock().quantity) == (1, 8)


def test_the_lot_is_stored_on_the_fulfilled_line(admin_client, shop):
    order = shop.order()
    admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop, quantity=1, lot="L1"))
    admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop, quantity=1, lot="L1"))
    assert order.lines.get().metadata == {"insert": "silicone-cups@1.0", "lot:L1": "2"}


@pytest.fixture
def sent(admin_client, shop):
    order = shop.order()
    admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop))
    return order


def test_marking_delivered_records_an_event_once(admin_client, sent):
    fulfillment = Fulfillment.objects.get()
    admin_client.post(order_url(sent, "delivered"), {"parcel": fulfillment.pk})
    fulfillment.refresh_from_db()
    assert fulfillment.metadata["delivered_at"].endswith("+00:00")
    assert recorded_events()[-1] == "FULFILLMENT_METADATA_UPDATED"
    before = dict(fulfillment.metadata)
    admin_client.post(order_url(sent, "delivered"), {"parcel": fulfillment.pk})
    fulfillment.refresh_from_db()
    assert fulfillment.metadata == before


def test_a_link_changes_nothing(admin_client, sent):
    fulfillment = Fulfillment.objects.get()
    for name in ("delivered", "confirm", "note"):
        assert admin_client.get(order_url(sent, name), {"parcel": fulfillment.pk}).status_code == 404
    assert "delivered_at" not in Fulfillment.objects.get().metadata


def test_a_changed_tracking_number_records_an_event(admin_client, sent):
    fulfillment = Fulfillment.objects.get()
    admin_client.post(
        order_url(sent, "tracking"),
        {"parcel": fulfillment.pk, "tracking_number": "1Z111", "notify_customer": "on"},
    )
    fulfillment.refresh_from_db()
    assert fulfillment.tracking_number == "1Z111"
    assert "FULFILLMENT_TRACKING_NUMBER_UPDATED" in recorded_events()


def test_a_canceled_fulfillment_is_restocked_and_stays_allocated_to_the_order(admin_client, sent, shop):
    fulfillment = Fulfillment.objects.get()
    admin_client.post(
        order_url(sent, "cancel-parcel"),
        {"parcel": fulfillment.pk, "warehouse": str(shop.warehouses[0].pk)},
    )
    fulfillment.refresh_from_db()
    assert (fulfillment.status, shop.stock().quantity, shop.stock().quantity_allocated) == ("CANCELED", 10, 2)


def test_a_fulfillment_of_another_order_is_not_found(admin_client, sent, shop):
    other = shop.order(18)
    answer = admin_client.post(order_url(other, "delivered"), {"parcel": Fulfillment.objects.get().pk})
    assert answer.status_code == 404


def test_a_cancelled_order_frees_its_stock_and_keeps_the_money_on_a_list(admin_client, shop):
    order = shop.order()
    admin_client.post(order_url(order, "cancel"))
    order.refresh_from_db()
    assert (order.status, shop.stock().quantity, shop.stock().quantity_allocated) == ("CANCELED", 10, 0)
    assert StockMovement.objects.get().reason == "deallocated"
    assert "$67.90 still to be refunded" in admin_client.get(order_url(order)).content.decode()
    home = admin_client.get("/admin/").context
    assert [(one.title, one.count) for one in home["concerns"]] == [("Refund due", 1)]
    assert home["to_send_count"] == 0
    listed = admin_client.get("/admin/orders/order/", {"state": "refund"}).context["cl"].result_list
    assert [one.number for one in listed] == [17]


@pytest.fixture
def payments_answer(settings):
    settings.DUMMY_PAYMENTS = True


@pytest.mark.usefixtures("payments_answer")
def test_cancelling_sends_the_money_back_in_the_same_walk(admin_client, shop):
    order = shop.order()
    payment = shop.refundable(order)
    page = admin_client.get(order_url(order, "cancel"))
    assert page.context["form"]["amount"].value() == payment.charged_value
    admin_client.post(order_url(order, "cancel"), {"refund": "on", "amount": "67,90", "request_key": "k"})
    admin_client.post(order_url(order, "cancel"), {"refund": "on", "amount": "67,90", "request_key": "k"})
    order.refresh_from_db()
    payment.refresh_from_db()
    assert (order.status, payment.charged_value, payment.refunded_value) == (
        "CANCELED",
        0,
        payment.refunded_value,
    )
    text = admin_client.get(order_url(order)).content.decode()
    assert "Refunded $67.90 of $67.90" in text
    assert "still to be refunded" not in text


@pytest.mark.usefixtures("payments_answer")
def test_cancelling_without_refund_leaves_the_money(admin_client, shop):
    order = shop.order()
    payment = shop.refundable(order)
    admin_client.post(order_url(order, "cancel"), {"amount": "67.90"})
    payment.refresh_from_db()
    assert payment.refunded_value == 0


@pytest.mark.usefixtures("payments_answer")
def test_a_wrong_amount_cancels_nothing(admin_client, shop):
    order = shop.order()
    shop.refundable(order)
    for amount in ("67.91", "", "1.000"):
        answer = admin_client.post(order_url(order, "cancel"), {"refund": "on", "amount": amount})
        assert answer.status_code == 422
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


@pytest.mark.usefixtures("payments_answer")
def test_a_goodwill_refund_leaves_the_order_to_be_sent(admin_client, shop):
    order = shop.order()
    payment = shop.refundable(order)
    form = {"payment": payment.pk, "amount": "5.00", "reason": "late", "request_key": "k"}
    for _ in range(2):
        answer = admin_client.post(order_url(order, "refund"), form, follow=True)
    assert "It was done once" in answer.content.decode()
    payment.refresh_from_db()
    assert payment.refunded_value == 5
    text = admin_client.get(order_url(order)).content.decode()
    assert "Refunded $5.00 of $67.90" in text
    assert "To send" in text
    assert admin_client.get("/admin/").context["to_send_count"] == 1
    assert admin_client.post(order_url(order, "fulfil"), fulfill_form(order, shop)).status_code == 302


def test_an_order_can_be_marked_as_paid(admin_client, shop):
    order = shop.order(paid=False)
    admin_client.post(order_url(order, "paid"), {"reference": "statement 7"})
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("FULL", order.total_gross_amount)
    assert "ORDER_FULLY_PAID" in recorded_events()


def test_a_refund_that_the_provider_refuses_is_told_and_keeps_what_was_typed(admin_client, shop, monkeypatch):
    order = shop.order()
    payment = shop.refundable(order)
    refusal = Response("REFUND_FAILURE", Decimal(5), "r-1", "The card is closed.")
    monkeypatch.setattr(DummyGateway, "request_action", lambda *_: refusal)
    form = {"payment": payment.pk, "amount": "5", "reason": "Scratched", "request_key": "k"}
    answer = admin_client.post(order_url(order, "refund"), form)
    page = answer.content.decode()
    assert (answer.status_code, "go back to the customer" in page) == (422, False)
    assert "The payment provider refused. The card is closed. No money was moved." in page
    assert 'value="5"' in page
    payment.refresh_from_db()
    assert payment.refunded_value == 0


def test_a_partial_refund_and_never_more_than_was_charged(admin_client, shop, settings):
    settings.DUMMY_PAYMENTS = True
    order = shop.order()
    payment = TransactionItem.objects.get()
    TransactionItem.objects.update(app_identifier="saleor.io.dummy-payment-app", available_actions=["REFUND"])
    TransactionEvent.objects.create(
        transaction=payment,
        type="CHARGE_SUCCESS",
        amount_value=payment.charged_value,
        currency="USD",
        psp_reference="p",
    )
    assert "Send money back" in admin_client.get(order_url(order)).content.decode()
    too_much = admin_client.post(order_url(order, "refund"), {"payment": payment.pk, "amount": "67.91"})
    payment.refresh_from_db()
    assert (too_much.status_code, payment.refunded_value) == (422, 0)
    admin_client.post(
        order_url(order, "refund"), {"payment": payment.pk, "amount": "10.00", "reason": "one came broken"}
    )
    payment.refresh_from_db()
    assert (str(payment.refunded_value), str(payment.charged_value)) == ("10.000", "57.900")


def test_a_note_is_saved_and_an_empty_one_is_refused(admin_client, shop, merchant):
    order = shop.order()
    admin_client.post(order_url(order, "note"), {"message": "Rang the customer."})
    answer = admin_client.post(order_url(order, "note"), {"message": " "})
    assert (answer.status_code, "Write the note first." in answer.content.decode()) == (422, True)
    notes = OrderEvent.objects.filter(type="NOTE_ADDED")
    assert [(note.parameters["message"], note.user) for note in notes] == [("Rang the customer.", merchant)]


def test_a_note_that_is_too_long_keeps_its_text_and_says_so(admin_client, shop):
    order = shop.order()
    long = "n" * 2001
    answer = admin_client.post(order_url(order, "note"), {"message": long})
    assert answer.status_code == 422
    assert "at most 2000 characters (it has 2001)" in answer.content.decode()
    assert long in answer.content.decode()
    assert not OrderEvent.objects.filter(type="NOTE_ADDED").exists()


def form_key(page):
    return re.search(r'name="request_key" value="([^"]+)"', page.content.decode())[1]


def test_each_form_that_acts_carries_its_own_key(admin_client, sent, shop):
    parcel = Fulfillment.objects.get()
    open_order = shop.order(18)
    pages = [
        order_url(sent),
        order_url(open_order, "fulfil"),
        order_url(open_order, "cancel"),
        f"{order_url(sent, 'cancel-parcel')}?parcel={parcel.pk}",
        f"/admin/stock/stock/{shop.stock().pk}/change/",
    ]
    keys = [form_key(admin_client.get(page)) for page in pages]
    assert len(set(keys)) == len(pages)


def test_a_note_sent_twice_with_one_form_is_written_once(admin_client, shop):
    order = shop.order()
    for _ in range(2):
        answer = admin_client.post(
            order_url(order, "note"), {"message": "Rang.", "request_key": "k"}, follow=True
        )
    assert "This form was sent twice." in answer.content.decode()
    assert OrderEvent.objects.filter(type="NOTE_ADDED").count() == 1


def test_a_parcel_delivered_twice_with_one_form_is_no_error(admin_client, sent):
    form = {"parcel": Fulfillment.objects.get().pk, "request_key": "k"}
    for _ in range(2):
        answer = admin_client.post(order_url(sent, "delivered"), form, follow=True)
    assert "It was done once" in answer.content.decode()
    assert "was delivered." in answer.content.decode()
    assert sent.events.filter(type="OTHER").count() == 1


def test_a_tracking_number_that_somebody_else_changed_is_shown_beside_what_was_typed(admin_client, sent):
    parcel = Fulfillment.objects.get()
    url = f"{order_url(sent, 'tracking')}?parcel={parcel.pk}"
    seen = admin_client.get(url).context["hidden"]["seen_values"]
    Fulfillment.objects.update(tracking_number="THEIRS")
    form = {"parcel": parcel.pk, "tracking_number": "MINE", "seen_values": seen}
    answer = admin_client.post(url, form)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert all(words in text for words in ("1Z999", "THEIRS", 'value="MINE"'))
    again = admin_client.post(url, form | {"seen_values": answer.context["hidden"]["seen_values"]})
    parcel.refresh_from_db()
    assert (again.status_code, parcel.tracking_number) == (302, "MINE")


def test_an_order_of_four_hundred_lines_can_be_sent(admin_client, shop):
    order = shop.order()
    [line] = order.lines.all()
    form = fulfill_form(order, shop, quantity=0)
    lines = [
        OrderLine(order=order, product_name=f"Cup {n}", quantity=1, currency="USD", position=n)
        for n in range(400)
    ]
    OrderLine.objects.bulk_create(lines)
    for extra in lines:
        form |= {
            f"quantity-{extra.pk}": 1,
            f"warehouse-{extra.pk}": str(shop.warehouses[0].pk),
            f"lot-{extra.pk}": "",
        }
    assert admin_client.post(order_url(order, "fulfil"), form).status_code == 302
    assert Fulfillment.objects.get().lines.count() == 400
    line.refresh_from_db()
    assert line.quantity_fulfilled == 0


def test_a_customer_may_not_use_the_admin(shop):
    order = shop.order()
    shopper = User.objects.create_user("shopper@cupwell.example", "cupwell-demo")
    client = Client()
    client.force_login(shopper)
    for name in ("change", "fulfil", "cancel"):
        assert client.get(order_url(order, name)).status_code == 302
    assert client.post(order_url(order, "cancel")).status_code == 302
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


def test_staff_see_only_what_their_group_allows(shop):
    order = shop.order()
    pia = User.objects.create_user("pia@cupwell.example", "cupwell-demo", is_staff=True)
    Group.objects.create(name="Shelf", permissions=["MANAGE_PRODUCTS"]).users.add(pia)
    client = Client()
    client.force_login(pia)
    assert client.get("/admin/stock/stock/").status_code == 200
    assert client.get("/admin/orders/order/").status_code == 403
    assert client.post(order_url(order, "cancel")).status_code == 403
    assert "To send" not in client.get("/admin/").content.decode()
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


def test_a_form_without_csrf_token_is_refused(merchant, shop):
    order = shop.order()
    client = Client(enforce_csrf_checks=True)
    client.force_login(merchant)
    assert client.post(order_url(order, "cancel")).status_code == 403
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


@pytest.mark.usefixtures("payments_answer")
def test_what_came_back_is_put_on_the_shelf_and_paid_back_once(admin_client, sent, shop):
    payment = shop.refundable(sent)
    [line] = Fulfillment.objects.get().lines.all()
    form = {
        f"line-{line.pk}": "1",
        "restock_to": str(shop.warehouses[0].pk),
        "refund": "on",
        "reason": "too small",
        "request_key": "k",
    }
    assert "Take back" in admin_client.get(order_url(sent)).content.decode()
    for _ in range(2):
        assert admin_client.post(order_url(sent, "return"), form).status_code == 302
    payment.refresh_from_db()
    assert (shop.stock().quantity, payment.refunded_value) == (9, Decimal("31.50"))
    text = admin_client.get(order_url(sent)).content.decode()
    assert "Partly returned" in text
    assert "1 came back: too small." in text
    assert "2 pieces sent." in text


@pytest.mark.parametrize("quantity", ["0", "", "3", "1.000"])
def test_a_return_of_nothing_or_too_much_is_refused(admin_client, sent, shop, quantity):
    [line] = Fulfillment.objects.get().lines.all()
    answer = admin_client.post(order_url(sent, "return"), {f"line-{line.pk}": quantity})
    assert (answer.status_code, shop.stock().quantity) == (422, 8)


def test_what_is_reserved_is_charged_from_the_page(admin_client, shop, payments_answer):
    order = shop.order(paid=False)
    payment = TransactionItem.objects.create(
        order_id=order.pk,
        currency="USD",
        authorized_value=order.total_gross_amount,
        app_identifier="saleor.io.dummy-payment-app",
        available_actions=["CHARGE"],
        psp_reference="p",
    )
    TransactionEvent.objects.create(
        transaction=payment,
        type="AUTHORIZATION_SUCCESS",
        amount_value=order.total_gross_amount,
        currency="USD",
        psp_reference="p",
    )
    assert "Reserved, not charged" in admin_client.get(order_url(order)).content.decode()
    for _ in range(2):
        admin_client.post(
            order_url(order, "charge"), {"payment": payment.pk, "amount": "67,90", "request_key": "k"}
        )
    payment.refresh_from_db()
    assert (payment.charged_value, payment.authorized_value) == (Decimal("67.90"), 0)
