"""An acknowledgement stores insert, version and time on the checkout and its lines, and nothing else."""

from datetime import UTC, datetime

import pytest

from store.safety import LineInsert, acknowledge
from store.saleor.client.client import Client
from store.saleor.errors import NetworkError, Refused
from tests.storefront.saleor_double import SaleorDouble

WHEN = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)
LINES = [LineInsert("line-1", "silicone-cups@1.0"), LineInsert("line-2", "glass-cups@2.1")]


@pytest.fixture
def saleor() -> SaleorDouble:
    return SaleorDouble()


def written_metadata(saleor: SaleorDouble) -> list[tuple[str, dict[str, str]]]:
    return [(sent["id"], {m["key"]: m["value"] for m in sent["input"]}) for _, sent in saleor.requests]


def test_each_line_and_the_checkout_say_which_insert_and_when(saleor: SaleorDouble) -> None:
    acknowledge(Client(saleor), checkout_id="checkout", lines=LINES, at=WHEN)
    when = "2026-11-21T12:30:00+00:00"
    assert written_metadata(saleor) == [
        ("line-1", {"insert": "silicone-cups@1.0", "acknowledged_at": when}),
        ("line-2", {"insert": "glass-cups@2.1", "acknowledged_at": when}),
        ("checkout", {"insert": "silicone-cups@1.0 glass-cups@2.1", "acknowledged_at": when}),
    ]


def test_nothing_else_is_stored(saleor: SaleorDouble) -> None:
    acknowledge(Client(saleor), checkout_id="checkout", lines=LINES, at=WHEN)
    assert {key for _, data in written_metadata(saleor) for key in data} == {"insert", "acknowledged_at"}


def test_a_cart_without_inserts_writes_nothing(saleor: SaleorDouble) -> None:
    acknowledge(Client(saleor), checkout_id="checkout", lines=[], at=WHEN)
    assert saleor.requests == []


def test_one_insert_of_two_lines_is_named_once(saleor: SaleorDouble) -> None:
    lines = [LineInsert("line-1", "glass-cups@2.1"), LineInsert("line-2", "glass-cups@2.1")]
    acknowledge(Client(saleor), checkout_id="checkout", lines=lines, at=WHEN)
    assert written_metadata(saleor)[-1][1]["insert"] == "glass-cups@2.1"


def test_a_refused_line_leaves_the_checkout_unacknowledged(saleor: SaleorDouble) -> None:
    error = {"code": "NOT_FOUND", "field": "id", "message": "no"}
    saleor.responses["AcknowledgeInsert"] = {"updateMetadata": {"errors": [error]}}
    with pytest.raises(Refused):
        acknowledge(Client(saleor), checkout_id="checkout", lines=LINES, at=WHEN)
    assert [identity for identity, _ in written_metadata(saleor)] == ["line-1"]


def test_an_unreachable_shop_is_no_acknowledgement(saleor: SaleorDouble) -> None:
    saleor.responses["AcknowledgeInsert"] = NetworkError("http://shop", "refused")
    with pytest.raises(NetworkError):
        acknowledge(Client(saleor), checkout_id="checkout", lines=LINES, at=WHEN)
