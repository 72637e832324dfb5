"""The packing table, refunds of pieces, replacements, orders by phone, guests."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from store.engine.accounts.models import Address
from store.engine.admin.order_printing import pick_rows
from store.engine.catalog.models import Page, PageType
from store.engine.channels import translations
from store.engine.channels.models import TaxConfiguration
from store.engine.orders import picking
from store.engine.orders.models import FulfillmentLine, Order, OrderEvent, OrderGrantedRefund
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.shipping.models import ShippingMethod, ShippingMethodChannelListing, ShippingZone
from store.engine.stock.models import Allocation, Stock
from store.saleor.order_return import METADATA_KEY
from tests.engine.admin.conftest import HOME, Shop

pytestmark = pytest.mark.django_db(transaction=True)
ORDERS = "/admin/orders/order"


def numbers(client: Client, state: str) -> list[int]:
    rows = client.get(f"{ORDERS}/", {"state": state}).context["cl"].result_list
    return sorted(order.number for order in rows)


def send(client: Client, shop: Shop, order: Order, pieces: int = 2, **more: Any) -> Any:
    line = order.lines.get()
    form = {
        f"quantity-{line.pk}": pieces,
        f"warehouse-{line.pk}": shop.warehouses[0].pk,
        f"lot-{line.pk}": "",
    }
    return client.post(f"{ORDERS}/{order.pk}/fulfil/", form | more)


def test_a_picked_order_moves_to_the_next_queue_and_its_rest_comes_back(
    admin_client: Client, shop: Shop
) -> None:
    first, second = shop.order(17), shop.order(18)
    assert numbers(admin_client, "pick") == [17, 18]
    for _ in range(2):
        assert admin_client.post(f"{ORDERS}/picked/", {"orders": "17"}).status_code == 302
    assert (numbers(admin_client, "pick"), numbers(admin_client, "ship")) == ([18], [17])
    assert OrderEvent.objects.filter(order=first, parameters__message="Picked.").count() == 1
    assert send(admin_client, shop, first, 1).status_code == 302
    assert (numbers(admin_client, "pick"), numbers(admin_client, "ship")) == ([17, 18], [])
    assert numbers(admin_client, "open") == [17, 18]
    assert second.private_metadata == {}


def test_the_pick_list_sums_the_pieces_of_several_orders(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    shop.order(18, pieces=3)
    [row] = pick_rows(list(picking.to_pick()))
    assert (row.warehouse, row.sku, row.quantity, row.numbers) == ("East", "CUP-A", 5, [17, 18])
    page = admin_client.get(f"{ORDERS}/pick-list/").content.decode()
    assert "Pick list of 2 orders" in page
    one = admin_client.get(f"{ORDERS}/pick-list/", {"orders": "18"}).content.decode()
    assert ("#18" in one, "#17" in one) == (True, False)


def test_each_packing_slip_names_address_pieces_and_insert(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    shop.order(18)
    form = {
        "action": "packing_slips_of",
        "_selected_action": [str(pk) for pk in Order.objects.values_list("pk", flat=True)],
    }
    page = admin_client.post(f"{ORDERS}/", form, follow=True).content.decode()
    assert (page.count("Packing slip, order #"), page.count("silicone-cups, version 1.0")) == (2, 2)
    assert HOME["street_address_1"] in page


def test_the_packing_slip_names_the_sheet_in_the_language_of_the_order(
    admin_client: Client, shop: Shop
) -> None:
    shop.order(17)
    Order.objects.update(language_code="de")
    sheets = PageType.objects.create(name="Inserts", slug="inserts")
    sheet = Page.objects.create(title="Silicone cups", slug="silicone-cups", page_type=sheets)
    translations.translate(kind="Page", pk=sheet.pk, language="DE", values={"title": "Silikonbecher"})
    page = admin_client.get(f"{ORDERS}/packing-slips/", {"orders": "17"}).text
    assert "Safety insert in <strong>German</strong>: Silikonbecher" in page


def test_a_declined_payment_is_called_so(admin_client: Client, shop: Shop) -> None:
    order = shop.order(17)
    declined = TransactionItem.objects.create(
        order_id=order.pk, name="Card", psp_reference="0f8b", currency="USD"
    )
    TransactionEvent.objects.create(
        transaction=declined, type="CHARGE_FAILURE", message="Insufficient funds", currency="USD"
    )
    page = admin_client.get(f"{ORDERS}/{order.pk}/change/")
    assert "<dd>declined: Insufficient funds</dd>" in page.text
    assert "A payment was declined: Insufficient funds." in [row.message for row in page.context["history"]]
    assert "0f8b" not in page.text
    assert "$0.00" not in page.text


def test_an_order_without_enough_stock_is_a_problem(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    assert numbers(admin_client, "short") == []
    Stock.objects.update(quantity=1)
    assert numbers(admin_client, "short") == [17]


def test_a_parcel_without_a_lot_is_found_and_says_so_until_its_lots_are_written(
    admin_client: Client, shop: Shop
) -> None:
    order = shop.order(17)
    send(admin_client, shop, order)
    words, page = "no lot: a recall by lot would not find this buyer", f"{ORDERS}/{order.pk}/change/"
    assert numbers(admin_client, "no-lot") == [17]
    assert words in admin_client.get(page).text
    FulfillmentLine.objects.update(lots={"L1": 2})
    assert numbers(admin_client, "no-lot") == []
    assert words not in admin_client.get(page).text


def test_the_tracking_number_is_a_link_to_the_carrier(admin_client: Client, shop: Shop) -> None:
    order = shop.order(17)
    send(admin_client, shop, order, carrier="UPS", tracking_number="1Z 999 999")
    url = "https://www.ups.com/track?tracknum=1Z999999"
    assert url in admin_client.get(f"{ORDERS}/{order.pk}/change/").content.decode()
    parcel = order.fulfillments.get()
    changed = {"parcel": parcel.pk, "carrier": "GLS", "tracking_number": "1Z 999 999"}
    assert admin_client.post(f"{ORDERS}/{order.pk}/tracking/", changed).status_code == 302
    parcel.refresh_from_db()
    assert parcel.metadata["carrier"] == "GLS"


def test_pieces_and_delivery_are_refunded_with_the_reason(admin_client: Client, shop: Shop) -> None:
    order = shop.order(17)
    payment = shop.refundable(order)
    line = order.lines.get()
    path = f"{ORDERS}/{order.pk}/refund-lines/"
    form = {f"line-{line.pk}": "1", "include_shipping": "on", "reason": "one was cracked"}
    assert admin_client.post(path, form | {"reason": ""}).status_code == 422
    assert admin_client.post(path, {"reason": "nothing chosen"}).status_code == 422
    for _ in range(2):
        assert admin_client.post(path, form | {"request_key": "k"}).status_code == 302
    expected = line.unit_price_gross_amount + order.shipping_price_gross_amount
    assert TransactionItem.objects.get(pk=payment.pk).refunded_value == expected
    granted = OrderGrantedRefund.objects.get()
    assert (granted.amount_value, granted.reason) == (expected, "one was cracked")
    again = admin_client.post(path, form)
    assert "The delivery cost was given back before." in again.content.decode()
    page = admin_client.get(f"{ORDERS}/{order.pk}/change/").content.decode()
    assert "1 piece and delivery; one was cracked" in page
    assert numbers(admin_client, "open") == [17]


def test_more_pieces_than_were_bought_are_not_refunded(admin_client: Client, shop: Shop) -> None:
    order = shop.order(17)
    shop.refundable(order)
    line = order.lines.get()
    path = f"{ORDERS}/{order.pk}/refund-lines/"
    assert admin_client.post(path, {f"line-{line.pk}": "2", "reason": "r"}).status_code == 302
    assert admin_client.post(path, {f"line-{line.pk}": "1", "reason": "r"}).status_code == 422
    assert OrderGrantedRefund.objects.count() == 1


def test_pieces_are_sent_once_more_as_an_order_of_their_own(admin_client: Client, shop: Shop) -> None:
    link_warehouses(shop)
    order = shop.order(17)
    send(admin_client, shop, order)
    line = order.lines.get()
    path = f"{ORDERS}/{order.pk}/replace/"
    form = {f"line-{line.pk}": "1", "reason": "lost in the post", "request_key": "k"}
    for _ in range(2):
        assert admin_client.post(path, form).status_code == 302
    new = Order.objects.exclude(pk=order.pk).get()
    copied = new.lines.get()
    assert (new.origin, new.total_gross_amount, copied.quantity) == ("REISSUE", 0, 1)
    assert copied.metadata == {"insert": "silicone-cups@1.0"}
    assert new.shipping_address is not None
    assert (new.shipping_address.pk == order.shipping_address_id, new.shipping_address.city) == (
        False,
        HOME["city"],
    )
    assert Allocation.objects.get(order_line_id=copied.pk).quantity == 1
    assert numbers(admin_client, "pick") == [new.number]
    for row in (order, new):
        assert "lost in the post" in admin_client.get(f"{ORDERS}/{row.pk}/change/").content.decode()


def test_a_replacement_that_is_not_there_is_refused(admin_client: Client, shop: Shop) -> None:
    link_warehouses(shop)
    order = shop.order(17)
    Stock.objects.update(quantity=0)
    answer = admin_client.post(
        f"{ORDERS}/{order.pk}/replace/", {f"line-{order.lines.get().pk}": "1", "reason": "lost"}
    )
    assert (answer.status_code, Order.objects.count()) == (422, 1)
    assert "Insufficient product stock: CUP-A" in answer.content.decode()


def link_warehouses(shop: Shop) -> ShippingMethod:
    """Delivery from all warehouses to the US, for 5."""
    TaxConfiguration.objects.create(channel=shop.channel, charge_taxes=False)
    zone = ShippingZone.objects.create(name="US", countries=["US"])
    zone.channels.add(shop.channel)
    for position, warehouse in enumerate(shop.warehouses):
        warehouse.channel_warehouses.create(channel=shop.channel, sort_order=position)
        warehouse.shipping_zones.add(zone)
    method = ShippingMethod.objects.create(shipping_zone=zone, name="Post", type="PRICE")
    ShippingMethodChannelListing.objects.create(
        shipping_method=method, channel=shop.channel, currency="USD", price_amount=Decimal(5)
    )
    return method


def test_an_order_by_phone_is_placed_in_two_steps(admin_client: Client, shop: Shop) -> None:
    method = link_warehouses(shop)
    form = {name: str(HOME.get(name, "")) for name in Address.FIELDS}
    form |= {"channel": shop.channel.pk, "lines": "CUP-A 2\nCUP-S", "user_email": "new@example.com"}
    wrong = admin_client.post(f"{ORDERS}/phone/", form | {"lines": "CUP-A 2\nCUP-Z 1"})
    assert "No variant has the SKU CUP-Z." in wrong.content.decode()
    wrong = admin_client.post(f"{ORDERS}/phone/", form | {"postal_code": "nonsense"})
    assert (wrong.status_code, Order.objects.count()) == (422, 0)
    step = admin_client.post(f"{ORDERS}/phone/", form, follow=True)
    order = Order.objects.get()
    assert (order.status, "Post, $5.00" in step.content.decode()) == ("DRAFT", True)
    assert numbers(admin_client, "") == []
    placed = admin_client.post(f"{ORDERS}/{order.pk}/place/", {"method": method.pk}, follow=True)
    order.refresh_from_db()
    assert (order.status, order.total_gross_amount) == ("UNFULFILLED", Decimal("99.50"))
    assert f"Order {order} is placed." in placed.content.decode()
    assert numbers(admin_client, "unpaid") == [order.number]


def test_a_draft_is_thrown_away(admin_client: Client, shop: Shop) -> None:
    link_warehouses(shop)
    form = {name: str(HOME.get(name, "")) for name in Address.FIELDS}
    form |= {"channel": shop.channel.pk, "lines": "CUP-A", "user_email": "new@example.com"}
    admin_client.post(f"{ORDERS}/phone/", form)
    admin_client.post(f"{ORDERS}/{Order.objects.get().pk}/discard/")
    assert Order.objects.count() == 0


def test_who_bought_without_an_account_has_a_page(admin_client: Client, shop: Shop) -> None:
    shop.order(17)
    shop.order(18, paid=False)
    listed = admin_client.get("/admin/accounts/user/guests/", {"q": "ada@"}).content.decode()
    assert "ada@example.com" in listed
    page = admin_client.get("/admin/accounts/user/guest/", {"email": "ADA@example.com"})
    assert [order.number for order, *_ in page.context["orders"]] == [18, 17]
    assert [row["n"] for row in page.context["sums"]] == [2]
    assert len(page.context["addresses"]) == 1
    assert admin_client.get("/admin/accounts/user/guest/", {"email": "x@example.com"}).status_code == 404


def test_a_request_to_return_is_closed_with_an_answer(admin_client: Client, shop: Shop) -> None:
    order = shop.order()
    asked = {"at": "2026-11-28T14:05:00+00:00", "reason": "other", "lines": {}}
    Order.objects.update(private_metadata={METADATA_KEY: json.dumps(asked)})
    assert numbers(admin_client, "return") == [order.number]
    assert "../close-return/" in admin_client.get(f"{ORDERS}/{order.pk}/change/").text
    address = f"{ORDERS}/{order.pk}/close-return/"
    form = {"asked_at": re.findall(r'name="asked_at" value="(.*?)"', admin_client.get(address).text)[0]}
    assert admin_client.post(address, form | {"answer": " "}).status_code == 422
    assert admin_client.post(address, form | {"answer": "Too late.", "asked_at": "1"}).status_code == 422
    assert numbers(admin_client, "return") == [order.number]
    assert admin_client.post(address, form | {"answer": "Too late."}).status_code == 302
    assert numbers(admin_client, "return") == []
    page = admin_client.get(f"{ORDERS}/{order.pk}/change/").text
    assert "../close-return/" not in page
    assert "The request to return is closed: Too late." in page
    assert admin_client.post(address, form | {"answer": "Once more."}).status_code == 422
