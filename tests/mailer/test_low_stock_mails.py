"""The merchant is told once, each time that sales bring a variant below its limit in a warehouse."""

import pytest
from django.db import transaction

from store.engine.stock import stock_adjustments
from store.engine.stock.models import Stock
from store.mailer import sweep
from store.mailer.models import MailPlan
from tests.engine.checkout_flow import Shop, create_shop, place_order
from tests.mailer.conftest import Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop() -> Shop:
    """Eight cups; they run low at five."""
    made = create_shop()
    made.variant("CUP", stock=8)
    return made


def buy(shop: Shop, quantity: int) -> None:
    place_order(shop, (shop.variants["CUP"], quantity))


def told() -> list[str]:
    return list(MailPlan.objects.filter(kind="low-stock").values_list("about", flat=True))


def test_it_is_told_when_a_sale_crosses_the_limit_and_not_again_below(shop: Shop, mailbox: Mailbox) -> None:
    buy(shop, 2)
    assert told() == []
    buy(shop, 1)
    buy(shop, 1)
    assert told() == ["CUP"]
    sweep.sweep()
    mail = mailbox.find("Running low")
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "5 left to sell" in text
    assert f"/admin/stock/stock/{Stock.objects.get().pk}/change/" in text


def test_after_new_pieces_the_next_crossing_is_told_again(shop: Shop) -> None:
    buy(shop, 4)
    place = {"variant_id": shop.variants["CUP"].pk, "warehouse_id": shop.warehouse.pk}
    with transaction.atomic():
        stock_adjustments.receive(**place, quantity=5)
    assert told() == ["CUP"]
    buy(shop, 5)
    assert told() == ["CUP"] * 2


def test_the_limit_of_the_row_counts_and_what_is_not_tracked_never_runs_low(shop: Shop) -> None:
    Stock.objects.update(low_stock_threshold=1)
    buy(shop, 6)
    assert told() == []
    buy(shop, 1)
    assert told() == ["CUP"]


def test_staff_who_set_the_number_are_not_told_what_they_know(shop: Shop) -> None:
    place = {"variant_id": shop.variants["CUP"].pk, "warehouse_id": shop.warehouse.pk}
    with transaction.atomic():
        stock_adjustments.write_off(**place, quantity=6, note="broken")
    assert told() == []
