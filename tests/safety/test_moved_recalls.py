"""An open recall after its orders were moved to another shop: nobody and no piece is listed twice."""

import pytest

from store.mailer.models import MailPlan
from store.move.trade.orders import line_ids
from store.safety.models import RecalledLine, RecallRecipient
from store.safety.recalls import moved_orders
from store.safety.recalls.continuing import continue_recalls
from tests.mailer.saleor_double import gid
from tests.safety.recall_orders import PagedSaleor, opened

pytestmark = pytest.mark.django_db(transaction=True)


def move(saleor: PagedSaleor, former_id: str, number: int) -> None:
    """The order and its line get the ids of the new shop."""
    order = saleor.orders.pop(former_id)
    (line,), new_id = order["lines"], gid("Order", f"moved-{number}")
    former_line, line["id"] = line["id"], gid("OrderLine", f"moved-{number}")
    order["fulfillments"][0]["lines"][0]["orderLine"]["id"] = line["id"]
    saleor.orders[new_id] = order | {"id": new_id, "number": str(number)}
    for _ in range(2):  # a move can be repeated
        moved_orders.follow(former_id, new_id, number=str(number), lines={former_line: line["id"]})


@pytest.mark.parametrize("email", ["ada@example.com", ""])
def test_every_piece_and_buyer_is_listed_once(saleor: PagedSaleor, email: str) -> None:
    former_id = saleor.sold(1, email, lots={"G1": 2}, quantity=2)
    recall = opened()
    assert continue_recalls()
    move(saleor, former_id, 17)
    recall.refresh_from_db()
    assert (recall.scan_cursor, recall.scanned_at) == ("", None)
    assert continue_recalls()
    recipient = RecallRecipient.objects.get()
    assert RecalledLine.objects.get().order_number == recipient.order_number == "17"
    assert MailPlan.objects.get().about == f"{recall.pk}:{recipient.key}"


def test_a_recall_that_was_half_way_begins_again_in_the_new_shop(saleor: PagedSaleor) -> None:
    former_id = saleor.sold(1, "ada@example.com", lots={"G1": 1})
    recall = opened()
    recall.scan_cursor = "200"
    recall.save(update_fields=["scan_cursor"])
    move(saleor, former_id, 17)
    assert continue_recalls()
    assert RecalledLine.objects.get().order_number == "17"


def test_lines_are_found_by_what_they_are_not_by_their_place() -> None:
    former = [("a", "CUP", 1), ("b", "OIL", 2), ("c", "CUP", 3)]
    new = [("z", "CUP", 3), ("y", "OIL", 2), ("x", "CUP", 1)]
    rows = [
        [{"id": pk, "productSku": sku, "quantity": count} for pk, sku, count in lines]
        for lines in (former, new)
    ]
    assert line_ids(*rows) == {"a": "x", "b": "y", "c": "z"}
