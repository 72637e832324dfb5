"""Several parcels in one go: each is sent once, and one that is refused holds up no other."""

from typing import Any

import pytest
from django.contrib import messages
from django.test import Client

from store.engine.admin import parcels
from store.engine.channels import shop_settings
from store.engine.orders import fulfillments, picking
from store.engine.orders.models import Fulfillment, Order
from store.engine.stock.models import Stock
from tests.engine.admin.conftest import Shop

pytestmark = pytest.mark.django_db(transaction=True)
SHIP = "/admin/orders/order/ship/"


def picked(shop: Shop, *numbers: int) -> list[Order]:
    orders = [shop.order(number, pieces=1) for number in numbers]
    picking.mark_picked(order_ids=[order.pk for order in orders])
    return orders


def typed(page: Any, **tracking: str) -> dict[str, str]:
    """What a browser sends of the page; `tracking`: by order number, as `n17`."""
    form = {"step": "send", "orders": page.context["numbers"], "notify_customer": "on", "carrier": "UPS"}
    for row in page.context["rows"]:
        prefix = f"order-{row.order.number}"
        form |= {row.key_name: row.key, f"{prefix}-send": "on"}
        form[f"{prefix}-tracking_number"] = tracking.get(f"n{row.order.number}", "")
        for line in row.form.rows():
            for name in ("quantity", "warehouse", "lot"):
                form[line[name].html_name] = line[name].initial or ""
    return form


def sent() -> list[tuple[int, str, str]]:
    rows = Fulfillment.objects.order_by("order__number")
    return [(row.order.number, row.tracking_number, row.metadata.get("carrier", "")) for row in rows]


def test_all_that_is_picked_is_sent_with_one_act(admin_client: Client, shop: Shop) -> None:
    picked(shop, 17, 18)
    shop.order(19)
    page = admin_client.get(SHIP)
    form = typed(page, n17="T-17", n18="T-18") | {"order-18-carrier": "GLS"}
    for _ in range(2):
        answer = admin_client.post(SHIP, form)
        assert (answer.status_code, answer["Location"]) == (302, "/admin/orders/order/?state=ship")
    assert sent() == [(17, "T-17", "UPS"), (18, "T-18", "GLS")]
    assert shop.stock().quantity == 8


def test_a_refused_parcel_holds_up_no_other_and_is_sent_when_it_is_put_right(
    admin_client: Client, shop: Shop
) -> None:
    first, second = picked(shop, 17, 18)
    form = typed(admin_client.get(SHIP), n17="T-17", n18="T-18")
    lot = f"order-17-lot-{first.lines.get().pk}"
    page = admin_client.post(SHIP, form | {lot: "L1=2"})
    assert (page.status_code, sent()) == (422, [(18, "T-18", "UPS")])
    [row] = page.context["rows"]
    assert (row.order.number, bool(row.problem), row.key) == (17, True, form[row.key_name])
    assert row.problem in page.content.decode()
    assert 'value="T-17"' in page.content.decode()
    assert admin_client.post(SHIP, form | {lot: "L1=1"}).status_code == 302
    assert sent() == [(17, "T-17", "UPS"), (18, "T-18", "UPS")]
    assert second.fulfillments.count() == 1


def said(answer: Any) -> str:
    """The last message."""
    return [str(message) for message in messages.get_messages(answer.wsgi_request)][-1]


def test_what_was_sent_with_the_page_before_is_not_said_to_be_sent_now(
    admin_client: Client, shop: Shop
) -> None:
    picked(shop, 17, 18)
    form = typed(admin_client.get(SHIP))
    assert said(admin_client.post(SHIP, form)) == "2 parcels on the way: #17, #18."
    again = said(admin_client.post(SHIP, form))
    assert again == "Made already, when this page was sent the first time: #17, #18."


def test_parcels_that_wait_for_approval_are_not_said_to_be_on_the_way(
    admin_client: Client, shop: Shop
) -> None:
    shop_settings.update(changes={"fulfillment_auto_approve": False})
    picked(shop, 17)
    answer = admin_client.post(SHIP, typed(admin_client.get(SHIP)))
    assert said(answer) == "1 parcel made, to be approved before leaving: #17."


def test_a_key_of_another_order_sends_nothing_and_says_so(admin_client: Client, shop: Shop) -> None:
    picked(shop, 17, 18)
    page = admin_client.get(SHIP)
    first, second = page.context["rows"]
    form = typed(page)
    page = admin_client.post(SHIP, form | {second.key_name: first.key})
    assert [number for number, _, _ in sent()] == [17]
    [row] = page.context["rows"]
    assert (page.status_code, row.order.number) == (422, 18)
    assert "used for something else" in row.problem


def test_orders_beyond_one_page_come_after_it(
    admin_client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "MAX_PARCELS", 2)
    for number in range(17, 22):
        shop.order(number, pieces=1)
    url = f"{SHIP}?orders=17,18,19,20,21"
    for numbers in ([17, 18], [19, 20], [21]):
        page = admin_client.get(url)
        assert [row.order.number for row in page.context["rows"]] == numbers
        form = typed(page)
        checked = admin_client.post(SHIP, form | {"step": "check"})
        assert checked.context["waiting"] == page.context["waiting"] == 21 - numbers[-1]
        url = admin_client.post(SHIP, form)["Location"]
    assert url == "/admin/orders/order/?state=ship"
    assert [number for number, _, _ in sent()] == [17, 18, 19, 20, 21]


def test_orders_that_were_not_on_a_partly_sent_page_are_not_refused_but_come_after_it(
    admin_client: Client, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels, "MAX_PARCELS", 2)
    for number in range(17, 21):
        shop.order(number, pieces=1)
    form = typed(admin_client.get(f"{SHIP}?orders=17,18,19,20"))
    del form["order-18-send"]
    page = admin_client.post(SHIP, form)
    assert ([row.order.number for row in page.context["rows"]], page.context["waiting"]) == ([18], 2)
    answer = admin_client.post(SHIP, typed(page))
    assert (answer.status_code, said(answer)) == (302, "1 parcel on the way: #18.")
    page = admin_client.get(answer["Location"])
    assert [(row.order.number, row.problem) for row in page.context["rows"]] == [(19, ""), (20, "")]
    assert [number for number, _, _ in sent()] == [17, 18]


def test_a_carrier_that_nobody_knows_is_refused_with_its_status(admin_client: Client, shop: Shop) -> None:
    picked(shop, 17)
    page = admin_client.post(SHIP, typed(admin_client.get(SHIP)) | {"carrier": "Pigeon"})
    assert (page.status_code, sent()) == (422, [])


def test_what_a_colleague_sent_meanwhile_is_not_sent_again(admin_client: Client, shop: Shop) -> None:
    first, _ = picked(shop, 17, 18)
    form = typed(admin_client.get(SHIP))
    line = fulfillments.FulfillLine(first.lines.get().pk, shop.warehouses[0].pk, 1)
    fulfillments.fulfill(order_id=first.pk, fulfill_lines=[line])
    page = admin_client.post(SHIP, form)
    assert (page.status_code, [row.order.number for row in page.context["rows"]]) == (422, [17])
    assert [number for number, _, _ in sent()] == [17, 18]


def test_what_is_switched_off_stays_and_a_scanners_enter_sends_nothing(
    admin_client: Client, shop: Shop
) -> None:
    picked(shop, 17, 18)
    form = typed(admin_client.get(SHIP), n17="T-17")
    page = admin_client.post(SHIP, form | {"step": "check"})
    assert (page.status_code, sent(), 'value="T-17"' in page.content.decode()) == (200, [], True)
    del form["order-18-send"]
    page = admin_client.post(SHIP, form)
    assert (page.status_code, [row.order.number for row in page.context["rows"]]) == (200, [18])
    assert sent() == [(17, "T-17", "UPS")]


def test_too_little_stock_is_said_of_its_parcel(admin_client: Client, shop: Shop) -> None:
    picked(shop, 17, 18)
    form = typed(admin_client.get(SHIP))
    Stock.objects.filter(pk=shop.stock().pk).update(quantity=1)
    page = admin_client.post(SHIP, form)
    assert ["not enough in stock" in row.problem for row in page.context["rows"]] == [True, True]
    assert (page.status_code, sent()) == (422, [])


def test_the_chosen_orders_are_on_the_page(admin_client: Client, shop: Shop) -> None:
    chosen = [shop.order(17), shop.order(18)]
    shop.order(19)
    form = {"action": "send_parcels_of", "_selected_action": [str(order.pk) for order in chosen]}
    page = admin_client.post("/admin/orders/order/", form, follow=True)
    assert [row.order.number for row in page.context["rows"]] == [17, 18]


def test_the_page_of_twelve_parcels_takes_fifteen_statements(
    admin_client: Client, shop: Shop, django_assert_max_num_queries: Any
) -> None:
    picked(shop, *range(17, 29))
    with django_assert_max_num_queries(15):
        page = admin_client.get(SHIP)
    assert len(page.context["rows"]) == 12
