import pytest
from django.test import Client

from store.engine.accounts.models import Group, User
from store.engine.events.models import Event
from store.engine.orders.models import Fulfillment, Order, OrderEvent
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.stock.models import Stock, StockMovement

pytestmark = pytest.mark.django_db(transaction=True)


def at(order, name="change"):
    return f"/admin/orders/order/{order.pk}/{name}/"


def parcel_form(order, shop, *, quantity=2, warehouse=0, tracking="1Z999", **more):
    line = order.lines.get()
    return {
        f"quantity-{line.pk}": quantity,
        f"warehouse-{line.pk}": str(shop.warehouses[warehouse].pk),
        "tracking_number": tracking,
        "notify_customer": "on",
    } | {f"lot-{line.pk}": more.get("lot", "")}


def facts():
    return list(Event.objects.order_by("pk").values_list("type", flat=True))


def test_the_list_finds_an_order_by_number_mail_name_and_sku(desk, shop):
    shop.order(17)
    shop.order(18)
    for words, found in (("17", ["#17"]), ("ada@example", ["#18", "#17"]), ("guest", ["#18", "#17"]), ("CUP-A", ["#18", "#17"]), ("99", [])):  # fmt: skip
        page = desk.get("/admin/orders/order/", {"q": words})
        assert [str(order) for order in page.context["cl"].result_list] == found


def test_the_list_shows_what_is_still_to_send(desk, shop):
    shop.order(17)
    sent = shop.order(18)
    Order.objects.filter(pk=sent.pk).update(status="FULFILLED")
    page = desk.get("/admin/orders/order/", {"state": "open"})
    assert [order.number for order in page.context["cl"].result_list] == [17]


def test_fifty_orders_cost_as_many_statements_as_one(desk, shop, django_assert_max_num_queries):
    shop.order(1)
    desk.get("/admin/orders/order/")
    for number in range(2, 12):
        shop.order(number, pieces=0)
    with django_assert_max_num_queries(10):
        desk.get("/admin/orders/order/")


def test_the_page_of_an_order_shows_what_a_packer_needs(desk, shop):
    text = desk.get(at(shop.order())).content.decode()
    for words in ("Silicone starter set", "CUP-A", "silicone-cups@1.0", "$31.50", "$67.90", "1600 Amphitheatre Pkwy", "ada@example.com", "The order was placed.", "psp-1"):  # fmt: skip
        assert words in text


def test_sending_a_parcel_moves_stock_tells_the_mail_and_names_who_did_it(desk, shop, merchant):
    order = shop.order()
    answer = desk.post(at(order, "fulfil"), parcel_form(order, shop), follow=True)
    assert "The parcel is on its way" in answer.content.decode()
    parcel = Fulfillment.objects.get()
    assert (parcel.tracking_number, parcel.status) == ("1Z999", "FULFILLED")
    assert (shop.stock().quantity, shop.stock().quantity_allocated) == (8, 0)
    assert {"FULFILLMENT_CREATED", "ORDER_FULFILLED"} <= set(facts())
    assert OrderEvent.objects.last().user == merchant
    assert Event.objects.filter(principal_kind="User", principal_pk=str(merchant.pk)).count() == len(facts())


def test_a_part_of_an_order_may_go_first(desk, shop):
    order = shop.order()
    desk.post(at(order, "fulfil"), parcel_form(order, shop, quantity=1))
    order.refresh_from_db()
    assert (order.status, shop.stock().quantity) == ("PARTIALLY_FULFILLED", 9)
    assert 'value="1"' in desk.get(at(order, "fulfil")).content.decode()


def test_the_form_offers_the_warehouse_that_the_pieces_were_promised_from(desk, shop):
    order = shop.order()
    form = desk.get(at(order, "fulfil")).context["form"]
    [row] = form.rows()
    assert row["warehouse"].value() == str(shop.warehouses[0].pk)


def test_more_than_is_left_is_refused_and_nothing_leaves(desk, shop):
    order = shop.order()
    answer = desk.post(at(order, "fulfil"), parcel_form(order, shop, quantity=3))
    assert answer.status_code == 422
    assert (Fulfillment.objects.count(), shop.stock().quantity, facts()) == (0, 10, [])


def test_too_little_on_the_shelf_is_said_in_words_and_nothing_leaves(desk, shop):
    order = shop.order()
    Stock.objects.filter(pk=shop.stock(0, 1).pk).update(quantity=1)
    answer = desk.post(at(order, "fulfil"), parcel_form(order, shop, warehouse=1))
    assert answer.status_code == 422
    assert "There is not enough in stock." in answer.content.decode()
    assert (Fulfillment.objects.count(), shop.stock(0, 1).quantity, facts()) == (0, 1, [])


def test_pressing_send_twice_sends_once(desk, shop):
    order = shop.order()
    form = parcel_form(order, shop)
    first, second = desk.post(at(order, "fulfil"), form), desk.post(at(order, "fulfil"), form)
    assert (first.status_code, second.status_code) == (302, 422)
    assert (Fulfillment.objects.count(), shop.stock().quantity) == (1, 8)


def test_the_lot_is_noted_on_the_line_that_was_sent(desk, shop):
    order = shop.order()
    desk.post(at(order, "fulfil"), parcel_form(order, shop, quantity=1, lot="L1"))
    desk.post(at(order, "fulfil"), parcel_form(order, shop, quantity=1, lot="L1"))
    assert order.lines.get().metadata == {"insert": "silicone-cups@1.0", "lot:L1": "2"}


@pytest.fixture
def sent(desk, shop):
    order = shop.order()
    desk.post(at(order, "fulfil"), parcel_form(order, shop))
    return order


def test_marking_delivered_is_a_fact_that_plans_the_how_to_mail(desk, sent):
    parcel = Fulfillment.objects.get()
    desk.post(at(sent, "delivered"), {"parcel": parcel.pk})
    parcel.refresh_from_db()
    assert parcel.metadata["delivered_at"].endswith("+00:00")
    assert facts()[-1] == "FULFILLMENT_METADATA_UPDATED"
    before = dict(parcel.metadata)
    desk.post(at(sent, "delivered"), {"parcel": parcel.pk})
    parcel.refresh_from_db()
    assert parcel.metadata == before


def test_a_link_changes_nothing(desk, sent):
    parcel = Fulfillment.objects.get()
    for name in ("delivered", "confirm", "note"):
        assert desk.get(at(sent, name), {"parcel": parcel.pk}).status_code == 404
    assert "delivered_at" not in Fulfillment.objects.get().metadata


def test_a_corrected_tracking_number_is_told(desk, sent):
    parcel = Fulfillment.objects.get()
    desk.post(
        at(sent, "tracking"), {"parcel": parcel.pk, "tracking_number": "1Z111", "notify_customer": "on"}
    )
    parcel.refresh_from_db()
    assert parcel.tracking_number == "1Z111"
    assert "FULFILLMENT_TRACKING_NUMBER_UPDATED" in facts()


def test_a_cancelled_parcel_is_back_on_the_shelf_and_kept_for_the_order(desk, sent, shop):
    parcel = Fulfillment.objects.get()
    desk.post(at(sent, "cancel-parcel"), {"parcel": parcel.pk, "warehouse": str(shop.warehouses[0].pk)})
    parcel.refresh_from_db()
    assert (parcel.status, shop.stock().quantity, shop.stock().quantity_allocated) == ("CANCELED", 10, 2)


def test_a_parcel_of_another_order_is_not_found(desk, sent, shop):
    other = shop.order(18)
    answer = desk.post(at(other, "delivered"), {"parcel": Fulfillment.objects.get().pk})
    assert answer.status_code == 404


def test_a_cancelled_order_frees_its_stock(desk, shop):
    order = shop.order()
    assert "Money that was paid is not sent back" in desk.get(at(order, "cancel")).content.decode()
    desk.post(at(order, "cancel"))
    order.refresh_from_db()
    assert (order.status, shop.stock().quantity, shop.stock().quantity_allocated) == ("CANCELED", 10, 0)
    assert StockMovement.objects.get().reason == "deallocated"


def test_money_that_came_by_bank_makes_an_order_paid(desk, shop):
    order = shop.order(paid=False)
    desk.post(at(order, "paid"), {"reference": "statement 7"})
    order.refresh_from_db()
    assert (order.charge_status, order.total_charged_amount) == ("FULL", order.total_gross_amount)
    assert "ORDER_FULLY_PAID" in facts()


def test_money_goes_back_in_part_and_never_more_than_came(desk, shop, settings):
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
    assert "Send money back" in desk.get(at(order)).content.decode()
    too_much = desk.post(at(order, "refund"), {"payment": payment.pk, "amount": "67.91"})
    payment.refresh_from_db()
    assert (too_much.status_code, payment.refunded_value) == (422, 0)
    desk.post(at(order, "refund"), {"payment": payment.pk, "amount": "10.00", "reason": "one came broken"})
    payment.refresh_from_db()
    assert (str(payment.refunded_value), str(payment.charged_value)) == ("10.000", "57.900")


def test_a_note_is_kept_and_an_empty_one_is_not(desk, shop, merchant):
    order = shop.order()
    desk.post(at(order, "note"), {"message": "Rang the customer."})
    answer = desk.post(at(order, "note"), {"message": " "}, follow=True)
    assert "empty" in answer.content.decode()
    notes = OrderEvent.objects.filter(type="NOTE_ADDED")
    assert [(note.parameters["message"], note.user) for note in notes] == [("Rang the customer.", merchant)]


def test_a_shopper_does_not_get_in(shop):
    order = shop.order()
    shopper = User.objects.create_user("shopper@cupwell.example", "cupwell-demo")
    client = Client()
    client.force_login(shopper)
    for name in ("change", "fulfil", "cancel"):
        assert client.get(at(order, name)).status_code == 302
    assert client.post(at(order, "cancel")).status_code == 302
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
    assert client.post(at(order, "cancel")).status_code == 403
    assert "To send" not in client.get("/admin/").content.decode()
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"


def test_a_form_from_elsewhere_is_refused(merchant, shop):
    order = shop.order()
    client = Client(enforce_csrf_checks=True)
    client.force_login(merchant)
    assert client.post(at(order, "cancel")).status_code == 403
    order.refresh_from_db()
    assert order.status == "UNFULFILLED"
