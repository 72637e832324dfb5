"""A review by a buyer: only of what was sent, read before it shows, never with a claim, and gone when asked for."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from store.engine.orders.models import Fulfillment, Order, OrderLine
from store.reviews import decisions, privacy
from store.reviews.models import Review
from tests.reviews.conftest import review_path
from tests.storefront.test_with_the_engine import PRODUCT_PATH

GOOD = {"rating": "4", "text": "Well made, and easy to clean.", "name": "Ada"}


def decide(review: Review, state: Review.State, reason: str = "", answer: str = "") -> None:
    seen_at = review.written_at.isoformat()
    decisions.decide(review.pk, state=state, reason=reason, answer=answer, seen_at=seen_at, who="merchant")


def write(order: Order, **words: str) -> Review:
    path = review_path(order)
    answer = Client().post(path, GOOD | words)
    assert (answer.status_code, answer["Location"]) == (303, path)
    return Review.objects.get()


def json_ld(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0]
    )
    return found


def test_it_shows_after_it_was_read_at_the_product_in_the_list_and_as_data(sent: Order) -> None:
    shopper = Client()
    before = shopper.get(PRODUCT_PATH).text
    assert "aggregateRating" not in json_ld(before)
    assert "What buyers say" not in before
    review = write(sent)
    assert "A person reads it" in shopper.get(review_path(sent)).text
    assert "Well made" not in shopper.get(PRODUCT_PATH).text
    decide(review, Review.State.APPROVED, answer="Thank you, Ada.")
    page = shopper.get(PRODUCT_PATH).text
    assert "Well made, and easy to clean." in page
    assert "Thank you, Ada." in page
    data = json_ld(page)
    assert (data["aggregateRating"]["ratingValue"], data["aggregateRating"]["reviewCount"]) == ("4.0", 1)
    assert [one["author"]["name"] for one in data["review"]] == ["Ada"]
    assert "(1 review)" in shopper.get("/products/").text
    assert "4,0" in shopper.get(f"/de{PRODUCT_PATH}").text
    decide(Review.objects.get(), Review.State.REFUSED, reason="By mistake.")
    assert "Well made" not in shopper.get(PRODUCT_PATH).text
    assert "By mistake." in shopper.get(review_path(sent)).text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("", "Nice cups. They cured my back pain in a week."),
        ("/de", "Schöne Gläser. Sie haben meine Rückenschmerzen geheilt."),
        ("/es", "Buenas ventosas. Me curaron el dolor de espalda."),
    ],
)
def test_a_claim_is_held_the_writer_is_told_which_and_can_change_it(
    sent: Order, language: str, text: str
) -> None:
    shopper, path = Client(), review_path(sent, language)
    shopper.post(path, GOOD | {"text": text})
    review = Review.objects.get()
    claim = review.findings[0][0]
    assert claim in text
    assert f">{claim}</li>" in shopper.get(path).text
    with pytest.raises(decisions.ReviewError, match=re.escape(claim)):
        decide(review, Review.State.APPROVED)
    assert Review.objects.get().state == Review.State.WAITING
    shopper.post(path, GOOD)
    decide(Review.objects.get(), Review.State.APPROVED)
    assert Review.objects.get().state == Review.State.APPROVED


def test_a_changed_review_is_hidden_until_it_is_read_again(sent: Order) -> None:
    decide(write(sent), Review.State.APPROVED)
    seen = Review.objects.get()
    write(sent, text="The box was dented.")
    assert "dented" not in Client().get(PRODUCT_PATH).text
    assert "Well made" not in Client().get(PRODUCT_PATH).text
    with pytest.raises(decisions.ReviewError, match="changed"):
        decide(seen, Review.State.APPROVED)


def test_what_was_not_sent_can_not_be_reviewed(order: Order) -> None:
    shopper, path = Client(), review_path(order)
    assert "/review/" not in shopper.get(path.partition("review/")[0]).text
    for answer in (shopper.get(path), shopper.post(path, GOOD)):
        assert answer.status_code == 404
    assert not Review.objects.exists()


@pytest.mark.parametrize("status", ["RETURNED", "REFUNDED_AND_RETURNED"])
def test_what_came_back_can_be_reviewed_and_the_review_changed_and_deleted(sent: Order, status: str) -> None:
    Fulfillment.objects.update(status=status)
    shopper, path = Client(), review_path(sent)
    assert f'href="{path}"' in shopper.get(path.partition("review/")[0]).text
    write(sent)
    assert write(sent, text="It did not fit.").text == "It did not fit."
    Fulfillment.objects.update(status="CANCELED")
    assert shopper.get(path).status_code == 200
    shopper.post(path, {"delete": ""})
    assert not Review.objects.exists()


def test_a_line_that_waits_for_its_parcel_can_not_be_reviewed_beside_one_that_was_sent(sent: Order) -> None:
    line = sent.lines.get()
    waiting = OrderLine.objects.get(pk=line.pk)
    waiting.pk, waiting.quantity_fulfilled = None, 0
    waiting.save(force_insert=True)
    shopper, path = Client(), review_path(sent, line=line.pk)
    unsent = review_path(sent, line=waiting.pk)
    page = shopper.get(path.partition("review/")[0]).text
    assert (f'href="{path}"' in page, f'href="{unsent}"' in page) == (True, False)
    for answer in (shopper.get(unsent), shopper.post(unsent, GOOD)):
        assert answer.status_code == 404
    assert not Review.objects.exists()
    assert shopper.get(path).status_code == 200


def test_the_page_of_the_order_leads_to_it_and_no_other_link_does(sent: Order) -> None:
    path = review_path(sent)
    assert f'href="{path}"' in Client().get(path.partition("review/")[0]).text
    line = path.rstrip("/").rpartition("/")[2]
    assert Client().post(f"/orders/forged/review/{line}/", GOOD).status_code == 404
    assert Client().post(path.replace(line, "T3JkZXJMaW5lOjE="), GOOD).status_code == 404
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("rating", ""), ("rating", "6"), ("text", ""), ("text", "x" * 1001)]
)
def test_what_is_missing_or_too_much_is_told_and_kept(sent: Order, field: str, value: str) -> None:
    shopper = Client()
    answer = shopper.post(review_path(sent), GOOD | {field: value})
    page = shopper.get(answer["Location"]) if answer.status_code == 303 else answer
    assert 'role="alert"' in page.text
    assert not Review.objects.exists()


def test_markup_is_shown_as_it_was_typed(sent: Order) -> None:
    decide(write(sent, text="<b>bold</b> </script><script>x"), Review.State.APPROVED)
    page = Client().get(PRODUCT_PATH).text
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert "</script><script>x" not in page


def test_its_writer_deletes_it_and_so_does_who_asks_for_the_address(sent: Order) -> None:
    shopper, path = Client(), review_path(sent)
    decide(write(sent), Review.State.APPROVED)
    shopper.post(path, {"delete": "1"})
    assert not Review.objects.exists()
    assert "Well made" not in shopper.get(PRODUCT_PATH).text
    decide(write(sent), Review.State.APPROVED)
    assert [one["text"] for one in privacy.export("ADA@example.com")] == [GOOD["text"]]
    assert "ada@example.com" not in str(Review.objects.values().get())
    assert privacy.forget("ada@example.com") == 1
    assert "Well made" not in shopper.get(PRODUCT_PATH).text


def test_the_desk_publishes_refuses_and_deletes(sent: Order, merchant: Client) -> None:
    review = write(sent)
    base = f"/admin/reviews/review/{review.pk}"
    assert "Reviews to read" in merchant.get("/admin/").text
    assert merchant.get("/admin/reviews/review/").status_code == 200
    assert re.search(r">\s*To read\s*<", merchant.get(f"{base}/change/").text)
    form = {"seen_at": review.written_at.isoformat(), "state": "refused", "reason": "", "answer": ""}
    decide_url = re.search(r'href="([^"]*decide[^"]*)"', merchant.get(f"{base}/change/").text)
    assert decide_url
    assert merchant.post(decide_url[1], form).status_code == 422
    assert (
        merchant.post(
            decide_url[1], form | {"answer": "It heals back pain.", "state": "approved"}
        ).status_code
        == 422
    )
    assert Review.objects.get().state == "waiting"
    assert merchant.post(decide_url[1], form | {"state": "approved"}).status_code == 302
    assert (Review.objects.get().state, Review.objects.get().decided_by) == (
        "approved",
        "merchant@example.com",
    )
    delete_url = decide_url[1].replace("decide", "delete-review")
    assert merchant.get(delete_url).status_code == 200
    assert Review.objects.exists()
    merchant.post(delete_url)
    assert not Review.objects.exists()
