"""Promo codes and gift cards in the cart, and the buttons for one more and one less."""

import pytest
from django.test import Client

from tests.storefront.conftest import refused
from tests.storefront.saleor_double import SaleorDouble, usd


def calls(saleor: SaleorDouble, operation: str) -> list[dict[str, object]]:
    return [variables for name, variables in saleor.requests if name == operation]


def test_a_code_is_added(buyer: Client, saleor: SaleorDouble) -> None:
    answer = buyer.post("/cart/", {"code": " AUTUMN "})
    assert (answer.status_code, answer["Location"]) == (303, "/cart/")
    assert [one["code"] for one in calls(saleor, "CheckoutAddPromoCode")] == ["AUTUMN"]
    assert "The code is in your cart." in buyer.get("/cart/").text


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("INVALID", "We don&#x27;t know this code, or it has ended."),
        ("VOUCHER_NOT_APPLICABLE", "This code does not fit what is in your cart."),
        ("GIFT_CARD_NOT_APPLICABLE", "This gift card can&#x27;t be used here."),
    ],
)
def test_a_refused_code_stays_in_its_field_with_the_reason(
    buyer: Client, saleor: SaleorDouble, code: str, words: str
) -> None:
    errors = [{"field": "promoCode", "message": "", "code": code}]
    saleor.responses["CheckoutAddPromoCode"] = {"checkoutAddPromoCode": {"errors": errors}}
    page = refused(buyer, "/cart/", {"code": "AUTUMN"}).text
    assert words in page
    assert 'value="AUTUMN"' in page
    assert "<details open>" in page


@pytest.mark.parametrize("typed", ["", "  ", "x" * 61])
def test_an_empty_or_endless_code_is_not_sent(buyer: Client, saleor: SaleorDouble, typed: str) -> None:
    assert "Please enter a code." in refused(buyer, "/cart/", {"code": typed}).text
    assert calls(saleor, "CheckoutAddPromoCode") == []


def test_a_voucher_is_taken_off(buyer: Client, saleor: SaleorDouble) -> None:
    assert saleor.checkout
    saleor.checkout["voucherCode"] = "AUTUMN"
    assert "AUTUMN" in buyer.get("/cart/").text
    assert buyer.post("/cart/", {"remove-code": "voucher"}).status_code == 303
    assert [one["code"] for one in calls(saleor, "CheckoutRemovePromoCode")] == ["AUTUMN"]


def test_a_gift_card_is_taken_off_by_its_id_and_no_other_is(buyer: Client, saleor: SaleorDouble) -> None:
    assert saleor.checkout
    card = {"id": "R2lmdENhcmQ6MQ==", "last4CodeChars": "C4RD", "currentBalance": usd(5)}
    saleor.checkout["giftCards"] = [card]
    assert "Gift card ending in C4RD" in buyer.get("/cart/").text
    for removed in ("R2lmdENhcmQ6MQ==", "R2lmdENhcmQ6Mg==", "voucher"):
        assert buyer.post("/cart/", {"remove-code": removed}).status_code == 303
    assert [one.get("promoCodeId") for one in calls(saleor, "CheckoutRemovePromoCode")] == [card["id"]]


@pytest.mark.parametrize(("button", "typed", "sent"), [("more", "2", 3), ("less", "2", 1), ("less", "1", 0)])
def test_one_more_and_one_less_count_from_what_is_typed(
    buyer: Client, saleor: SaleorDouble, button: str, typed: str, sent: int
) -> None:
    assert saleor.checkout
    line = saleor.checkout["lines"][0]["id"]
    buyer.post("/cart/", {f"quantity-{line}": typed, button: line})
    [call] = calls(saleor, "CheckoutLinesUpdate")
    assert call["lines"] == [{"lineId": line, "quantity": sent}]


def test_a_step_of_a_line_that_is_gone_changes_nothing(buyer: Client, saleor: SaleorDouble) -> None:
    assert buyer.post("/cart/", {"more": "Q2hlY2tvdXRMaW5lOjk5"}).status_code == 303
    assert calls(saleor, "CheckoutLinesUpdate") == []
