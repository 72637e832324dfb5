"""Reviews and requests for stock are the store's own rows: they follow what they are about."""

import pytest
from django.utils import timezone

from store.back_in_stock import moved_requests
from store.back_in_stock.models import StockRequest
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, State
from store.mailer.planning import plan_for_address
from store.move.trade.orders import line_ids
from store.reviews import moved_orders, published
from store.reviews.models import Review

pytestmark = pytest.mark.django_db(transaction=True)
FORMER, NEW = "embedded", "new.example"
IDS = {"o1": "O9", "l1": "L9"}


def review(line_id: str = "l1", shop: str = FORMER) -> Review:
    return Review.objects.create(
        shop=shop, order_id="o1", order_number="11", line_id=line_id, product_slug="set", rating=4,
        language="en", state=Review.State.APPROVED,
    )  # fmt: skip


def request(shop: str = FORMER, variant_id: str = "v1", sku: str = "CUP-A") -> StockRequest:
    return StockRequest.objects.create(
        shop=shop, channel="us", variant_id=variant_id, sku=sku, product_slug="set", email="ada@example.com",
        language="en", confirmed_at=timezone.now() if shop == FORMER else None,
    )  # fmt: skip


def plan(row: StockRequest, state: State) -> MailPlan:
    made = plan_for_address(
        Kind.STOCK_NOTICE, key=f"stock:{row.pk}:1", about=str(row.pk), recipient=row.email, lang="en"
    )
    assert made
    MailPlan.objects.filter(pk=made.pk).update(shop=row.shop, state=state)
    return made


def test_lines_are_known_by_what_and_how_much_was_bought() -> None:
    former = [
        {"id": "a", "productSku": "CUP-A", "quantity": 1},
        {"id": "b", "productSku": "CUP-B", "quantity": 1},
        {"id": "gone", "productSku": "CUP-C", "quantity": 1},
    ]
    present = [
        {"id": "B", "productSku": "CUP-B", "quantity": 1},
        {"id": "A", "productSku": "CUP-A", "quantity": 1},
    ]
    assert line_ids(former, present) == {"a": "A", "b": "B"}


def test_a_review_is_published_in_the_new_shop() -> None:
    review()
    before = published.read_revision()
    assert moved_orders.follow(FORMER, NEW, IDS, number="17") == 1
    row = Review.objects.get()
    assert (row.shop, row.order_id, row.line_id, row.order_number) == (NEW, "O9", "L9", "17")
    assert published.read_revision() == before + 1
    assert moved_orders.follow(FORMER, NEW, IDS, number="17") == 0


def test_what_was_reviewed_anew_stays() -> None:
    review()
    review("L9", NEW)
    assert moved_orders.follow(FORMER, NEW, IDS, number="17") == 0
    assert {row.shop for row in Review.objects.all()} == {FORMER, NEW}


def test_who_waits_waits_for_the_variant_there_with_its_mails() -> None:
    row = request()
    mail = plan(row, State.PLANNED)
    assert moved_requests.follow(FORMER, NEW, {"CUP-A": "V9"}) == 0
    row.refresh_from_db()
    assert (row.shop, row.variant_id) == (NEW, "V9")
    assert MailPlan.objects.get(pk=mail.pk).shop == NEW


def test_what_can_not_go_along_stays_whole() -> None:
    gone, under_way = request(sku="GONE", variant_id="v2"), request()
    plan(under_way, State.SENDING)
    assert moved_requests.follow(FORMER, NEW, {"CUP-A": "V9"}) == 2
    assert {row.shop for row in StockRequest.objects.filter(pk__in=[gone.pk, under_way.pk])} == {FORMER}


def test_of_two_requests_one_goes_on_confirmed() -> None:
    request()
    request(NEW, "V9")
    assert moved_requests.follow(FORMER, NEW, {"CUP-A": "V9"}) == 0
    row = StockRequest.objects.get()
    assert row.shop == NEW
    assert row.confirmed_at
