"""Reviews and requests for stock are the store's own rows: they follow what they are about."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from store.back_in_stock import moved_requests
from store.back_in_stock.models import StockRequest
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, State
from store.mailer.planning import plan_for_address
from store.move.move import trade
from store.move.report import Report
from store.move.trade.orders import line_ids
from store.move.trade.references import reference
from store.moved_ids import lookup
from store.reviews import moved_orders, published
from store.reviews.models import Review
from store.saleor.client.client import Client
from tests.mailer.conftest import ORDER
from tests.mailer.saleor_double import SaleorDouble
from tests.mailer.saleor_double import order as bought
from tests.move.test_order_input import order

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


class Former:
    """The former shop: the mailer's double with its one order, and that order as the move reads it."""

    def __init__(self, node: dict[str, Any]) -> None:
        double = SaleorDouble()
        double.orders[ORDER] = bought(ORDER)
        self.client, self.node = Client(double, token="app-token"), node

    def nodes(self, document: str, root: str) -> Iterator[dict[str, Any]]:
        yield self.node


class New:
    """The new shop, into which the order has been moved by a run that was killed right after."""

    def __init__(self, moved: dict[str, Any]) -> None:
        self.moved = moved

    def nodes(self, document: str, root: str) -> Iterator[dict[str, Any]]:
        yield from ()

    def ask(self, document: str, **variables: Any) -> dict[str, Any]:
        assert variables == {"reference": reference(ORDER)}
        return {"order": self.moved}


def context_of_a_move() -> Any:
    lines = [{"id": "l1", "quantity": 2, "productSku": "CUP-A", "totalPrice": {"gross": {"amount": 30.0}}}]
    node = order("UNFULFILLED", id=ORDER, number="22", lines=lines, isPaid=True)
    money = {"totalCharged": {"amount": 34.9}, "totalRefunded": {"amount": 0.0}}
    moved = {"id": "O9", "number": "17", "status": "UNFULFILLED", "isPaid": True, "fulfillments": [], **money}
    moved["lines"] = [{"id": "l9", "quantity": 2, "productSku": "CUP-A"}]
    return SimpleNamespace(
        former=Former(node),
        new=New(moved),
        report=Report(FORMER, NEW, is_dry_run=False),
        is_dry=False,
        is_told=lambda: True,
        ids={"product-variant": {"CUP-A": "V9"}},
    )


def test_the_sections_of_the_move_take_reviews_and_requests_along(settings: Any) -> None:
    settings.SHOP_ID = NEW
    row = review()
    Review.objects.filter(pk=row.pk).update(order_id=ORDER)
    request()
    context = context_of_a_move()
    for _ in range(2):  # a run that was killed is repeated
        for name in ("orders", "stock requests"):
            list(trade()[name](context))
    row.refresh_from_db()
    assert (row.shop, row.order_id, row.line_id, row.order_number) == (NEW, "O9", "l9", "17")
    waiting = StockRequest.objects.get()
    assert (waiting.shop, waiting.variant_id) == (NEW, "V9")
    assert lookup.new_id(ORDER) == "O9"
    assert context.report.to_do == []


def test_reviews_wait_while_the_mailer_has_not_got_all_events(settings: Any) -> None:
    settings.SHOP_ID = NEW
    row = review()
    Review.objects.filter(pk=row.pk).update(order_id=ORDER)
    context = context_of_a_move()
    context.is_told = lambda: False
    list(trade()["orders"](context))
    row.refresh_from_db()
    assert (row.shop, row.order_id) == (FORMER, ORDER)
    assert "run the move again" in context.report.to_do[0]
    assert lookup.new_id(ORDER) is None


def test_a_dry_run_takes_no_request_along() -> None:
    request()
    context = context_of_a_move()
    context.is_dry = True
    list(trade()["stock requests"](context))
    assert StockRequest.objects.get().shop == FORMER
