"""The order page in every state of an order, and what it says of money, parcels and addresses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from store.moved_ids import lookup
from store.saleor.errors import GraphQLError
from store.storefront.orders import order_token, read_token
from tests.storefront.saleor_double import SaleorDouble, order_from_checkout, usd

PATH = f"/orders/{order_token('T3JkZXI6MQ==')}/"
TOTAL = 62.9
DAY, LATER = "2026-11-22T12:00:00+00:00", "2026-11-24T12:00:00+00:00"
THANKS, PAYMENT_CLAIMS = "Thank you, Ada.", ("Paid.", "done</span>")


def parcel(
    quantity: int,
    status: str = "FULFILLED",
    *,
    created: str = DAY,
    arrived: str | None = None,
    number: str = "",
    carrier: str | None = None,
) -> dict[str, Any]:
    return {
        "status": status,
        "created": created,
        "trackingNumber": number,
        "metafield": lambda _info, key: {"delivered_at": arrived, "carrier": carrier}.get(key),
        "lines": [{"quantity": quantity}],
    }


def money(charged: float, refunded: float = 0, authorized: float = 0) -> dict[str, Any]:
    return {
        "totalCharged": usd(charged),
        "totalRefunded": usd(refunded),
        "totalAuthorized": usd(authorized),
    }


# State of the order: what the API answers, what the page must say, what it must not say. The order is of 2 pieces.
TABLE: dict[str, tuple[dict[str, Any], tuple[str, ...], tuple[str, ...]]] = {
    "paid": (money(TOTAL), (THANKS, "Paid.", "Next, we pack your parcel."), ("refunded", "open")),
    "free": (
        money(0) | {"total": {"gross": usd(0), "net": usd(0), "tax": usd(0)}},
        (THANKS, "There is nothing to pay.", "Next, we pack your parcel."),
        ("Not paid",),
    ),
    "unpaid": (
        money(0),
        (THANKS, "Not paid yet: $62.90 is open.", "We send it as soon as it is paid.", "<strong>Paid</strong>"
         '<span class="unseen">: not yet'),
        ("Paid.", "your payment"),
    ),
    "authorized": (money(0, 0, TOTAL), (THANKS, "reserved with your bank and not charged yet"), ("Paid.",)),
    "partly paid": (money(20), (THANKS, "Partly paid: we received $20.00."), ("Paid.",)),
    "overpaid": (money(70), (THANKS, "Paid: we received $70.00, more than the total."), ()),
    "goodwill refund": (
        money(57.9, 5), (THANKS, "Paid. $5.00 refunded on November 23, 2026.", "Next, we pack your parcel."),
        ("not yet: ", "Not paid"),
    ),
    "full refund": (
        money(0, TOTAL), ("This order was refunded.", "$62.90 refunded on November 23, 2026."),
        (THANKS, "Paid.", "Next, we pack", "are on their way", "confirmation and the safety insert"),
    ),
    "canceled, not paid": (
        money(0) | {"status": "CANCELED"}, ("This order was canceled.", "Nothing was charged."),
        (THANKS, "Paid.", "Not paid yet", "confirmation and the safety insert"),
    ),
    "canceled, money still here": (
        money(TOTAL) | {"status": "CANCELED"},
        ("This order was canceled.", "$62.90 of what you paid is still with us and goes back to you."),
        (THANKS, "Next, we pack", "confirmation and the safety insert"),
    ),
    "canceled and refunded": (
        money(0, TOTAL) | {"status": "CANCELED"},
        ("This order was canceled.", "$62.90 refunded on November 23, 2026."), (THANKS, "still with us", "Paid."),
    ),
    "expired": (
        money(0) | {"status": "EXPIRED"}, ("This order has expired.", "Nothing was charged."),
        (THANKS, "Paid.", "Not paid yet"),
    ),
    "unconfirmed": (
        money(TOTAL) | {"status": "UNCONFIRMED"}, (THANKS, "Paid.", "We look through your order and confirm it."),
        ("Next, we pack",),
    ),
    "draft": (
        money(0) | {"status": "DRAFT"}, ("This order is being prepared.",),
        (THANKS, "confirmation and the safety insert"),
    ),
    "partly sent": (
        money(TOTAL) | {"status": "PARTIALLY_FULFILLED", "sent": 1, "fulfillments": [parcel(1, number="AB 1")]},
        (THANKS, "1 piece still to be sent.", "1 of 2 pieces", "Your parcel", "Tracking number <strong>AB 1",
         "sent on November 22, 2026"),
        ("Everything is on its way",),
    ),
    "sent in two parcels": (
        money(TOTAL) | {"status": "FULFILLED", "sent": 2, "fulfillments": [
            parcel(1, created=LATER, number="B"), parcel(1, number="A", arrived=LATER)]},
        ("Everything is on its way.", "Parcel 1 of 2</strong>: 1 piece, sent on November 22, 2026, arrived on "
         "November 24, 2026. Tracking number <strong>A", "Parcel 2 of 2</strong>: 1 piece, sent on November 24, 2026",
         "1 of 2 parcels"),
        ("still to be sent",),
    ),
    "sent with the carrier chosen by who packed": (
        money(TOTAL) | {"status": "FULFILLED", "sent": 2, "fulfillments": [parcel(2, number="12345678", carrier="GLS")]},
        ('GLS. Tracking number <a href="https://gls-group.com/track/12345678" rel="noreferrer"><strong>12345678</strong></a>',),
        (),
    ),
    "delivered": (
        money(TOTAL) | {"status": "FULFILLED", "sent": 2, "fulfillments": [parcel(2, arrived=LATER)]},
        (THANKS, 'Delivered</strong><span class="unseen">: done', "arrived on November 24, 2026", "Everything has arrived.",
         'Sent</strong><span class="unseen">: done</span><span class="quiet-text">November 22, 2026'),
        ("Everything is on its way", "not yet", "We have your order", "confirmation and the safety insert"),
    ),
    "partly returned": (
        money(33.9, 29) | {"status": "PARTIALLY_RETURNED", "sent": 2, "fulfillments": [
            parcel(1), parcel(1, "REFUNDED_AND_RETURNED")]},
        ("Paid. $29.00 refunded", "1 piece returned"), ("still to be sent",),
    ),
    "returned, money still here": (
        money(TOTAL) | {"status": "RETURNED", "sent": 2, "fulfillments": [parcel(2, "RETURNED")]},
        ("Your order came back to us.", "$62.90 of what you paid is still with us and goes back to you.",
         'Refunded</strong><span class="unseen">: not yet'),
        (THANKS, "On its way", "Next, we pack", "We have your order", "confirmation and the safety insert"),
    ),
    "returned, the delivery kept": (
        money(4.9, 58) | {"status": "RETURNED", "sent": 2, "fulfillments": [parcel(2, "REFUNDED_AND_RETURNED")]},
        ("Your order came back to us.", "$58.00 refunded on November 23, 2026.",
         'Refunded</strong><span class="unseen">: done</span><span class="quiet-text">$58.00'),
        (THANKS, "still with us", "not yet"),
    ),
    "returned and refunded": (
        money(0, TOTAL) | {"status": "RETURNED", "sent": 2, "fulfillments": [parcel(2, "REFUNDED_AND_RETURNED")]},
        ("Your order came back to us.", "$62.90 refunded on November 23, 2026."), (THANKS, "still with us"),
    ),
}  # fmt: skip


@pytest.fixture
def order_page(buyer: Client, saleor: SaleorDouble) -> Callable[..., str]:
    def page(**changes: Any) -> str:
        order = order_from_checkout(saleor.checkout)
        order["lines"][0]["quantityFulfilled"] = changes.pop("sent", 0)
        refund = {"type": "REFUND_SUCCESS", "createdAt": "2026-11-23T09:00:00+00:00", "amount": usd(5)}
        order["transactions"] = [{"events": [refund]}]
        saleor.order = order | changes
        return buyer.get(PATH).text

    return page


@pytest.mark.parametrize(("answer", "said", "not_said"), TABLE.values(), ids=TABLE)
def test_each_state_is_told_as_it_is(
    order_page: Callable[..., str], answer: dict[str, Any], said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    page = order_page(**answer)
    top = page[page.index('<div class="thanks">') : page.index('<div class="order-columns">')]
    assert [text for text in said if text not in top] == []
    assert [text for text in not_said if text in top] == []


def test_without_permission_a_refund_has_no_date(
    order_page: Callable[..., str], saleor: SaleorDouble
) -> None:
    saleor.responses["OrderRefunds"] = GraphQLError([{"message": "To access this path, you need …"}])
    assert "Paid. $5.00 refunded. Next," in order_page(**money(57.9, 5))


def test_an_order_that_was_never_refunded_asks_nothing_as_staff(
    order_page: Callable[..., str], saleor: SaleorDouble
) -> None:
    order_page()
    assert [name for name, _ in saleor.requests] == ["OrderPage"]


def test_the_buyer_is_thanked_and_the_parcel_goes_to_the_recipient(
    order_page: Callable[..., str], saleor: SaleorDouble
) -> None:
    saleor.checkout["billingAddress"] = saleor.checkout["billingAddress"] | {"firstName": "Bob"}
    page = order_page()
    assert "<h1>Thank you, Bob.</h1>" in page
    assert "<h3>Goes to</h3><address>Ada Fox<br>12 Quiet Lane<br>Portland, OR 97201<br>United States<" in page
    assert "<h3>Billed to</h3><address>Bob Fox<br>" in page


@pytest.mark.parametrize("name", ["You won! https://evil.example", "BUY CHEAP PILLS", "5"])
def test_a_name_that_is_none_is_not_greeted(
    order_page: Callable[..., str], saleor: SaleorDouble, name: str
) -> None:
    saleor.checkout["billingAddress"] = saleor.checkout["billingAddress"] | {"firstName": name}
    page = order_page()
    assert "<h1>Thank you.</h1>" in page


def test_voucher_and_gift_card_are_named_and_the_rows_add_up(order_page: Callable[..., str]) -> None:
    page = order_page(
        subtotal={"gross": usd(52.2), "net": usd(52.2)},
        total={"gross": usd(37.1), "net": usd(37.1)},
        voucherCode="TENOFF",
        discounts=[{"name": "Ten off", "type": "VOUCHER", "amount": usd(5.8)}],
        giftCards=[{"last4CodeChars": "C4RD"}],
    )
    for row in (
        "<dt>Subtotal</dt><dd>$58.00</dd>",
        "<dt>Discount TENOFF</dt><dd>-$5.80</dd>",
        "<dt>Delivery, Standard</dt><dd>$4.90</dd>",
        "<dt>Gift card ending in C4RD</dt><dd>-$20.00</dd>",
        "<dt>Total</dt><dd>$37.10</dd>",
    ):
        assert row in page


def test_what_was_ordered_comes_before_what_to_read(order_page: Callable[..., str]) -> None:
    page = order_page()
    assert page.index('id="order-what"') < page.index('id="order-inserts"') < page.index('id="order-guides"')


@pytest.mark.parametrize(
    ("created", "changes", "said"),
    [
        ("2099-11-23T12:00:00+00:00", {}, "Estimated arrival: Thu, Nov 26 to Tue, Dec 1"),
        ("2099-11-23T12:00:00+00:00", {"status": "CANCELED"}, ""),
        ("2020-11-23T12:00:00+00:00", {}, ""),
        ("2099-11-23T12:00:00+00:00", money(0, TOTAL), ""),
        ("2099-11-23T12:00:00+00:00", money(0), ""),
        ("2099-11-23T12:00:00+00:00", money(20), ""),
        (
            "2099-11-23T12:00:00+00:00",
            money(0) | {"status": "FULFILLED", "sent": 2, "fulfillments": [parcel(2)]},
            "Estimated arrival: Thu, Nov 26 to Tue, Dec 1",
        ),
    ],
    ids=["paid", "canceled", "the days are over", "refunded", "unpaid", "partly paid", "sent on account"],
)
def test_the_day_of_arrival_is_told_while_it_is_to_come(
    order_page: Callable[..., str], created: str, changes: dict[str, Any], said: str
) -> None:
    days = {
        "minimumDeliveryDays": 3,
        "maximumDeliveryDays": 6,
        "translation": None,
        "__typename": "ShippingMethod",
    }
    page = order_page(created=created, deliveryMethod=days, **changes)
    assert (said or "Estimated arrival") in page if said else "Estimated arrival" not in page


@pytest.mark.parametrize("raw", ["7", "T3JkZXI6MQ==", "0196e6a2-5b1e-7c07-8f0e-000000000000"])
def test_a_number_or_an_id_shows_nothing_but_the_way_to_the_link(
    client: Client, saleor: SaleorDouble, raw: str
) -> None:
    there, saleor.order = client.get(f"/orders/{raw}/"), None
    missing = client.get(f"/orders/{raw}/")
    for page in (there, missing):
        assert page.status_code == 404
        assert "An order can only be opened by its link" in page.text
        assert 'action="/orders/find/"' in page.text
    assert [name for name, _ in saleor.requests if name.startswith("Order")] == []
    assert ('value="7"' in there.text) == (raw == "7")


@pytest.mark.django_db
def test_the_link_to_an_order_of_a_former_shop_says_what_to_do(client: Client, saleor: SaleorDouble) -> None:
    saleor.order = None
    page = client.get(PATH)
    assert page.status_code == 410
    assert "Please reply to the email" in page.text


@pytest.mark.django_db
def test_the_link_to_an_order_that_was_moved_leads_to_it(
    client: Client, saleor: SaleorDouble, settings: Any
) -> None:
    saleor.order = None
    former = read_token(PATH.split("/")[-2])
    for shop, status in (("saleor.example", 410), (settings.SHOP_ID, 302)):
        lookup.note(former, "T3JkZXI6bmV3", shop=shop)
        page = client.get(PATH)
        assert page.status_code == status
    assert read_token(page["Location"].split("/")[-2]) == "T3JkZXI6bmV3"
