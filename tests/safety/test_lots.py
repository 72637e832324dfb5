"""Lots: first expired first out, nothing below zero, nothing expired or blocked is sent, each change recorded."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from store.safety import lots
from store.safety.admin.lots import CorrectionForm
from store.safety.lots import LotError
from store.safety.models import Lot, LotMovement, LotQuantity

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate()


def receive(
    code: str, quantity: int, *, days: int | None = None, warehouse: str = "east", **more: Any
) -> None:
    expires_on = None if days is None else TODAY + timedelta(days=days)
    with transaction.atomic():
        lots.receive(
            sku="OIL", warehouse=warehouse, quantity=quantity, code=code, expires_on=expires_on, **more
        )


def take(quantity: int, **wanted: int) -> dict[str, int]:
    with transaction.atomic():
        return lots.take(sku="OIL", warehouse="east", quantity=quantity, wanted=wanted, order="7", who="ada")


def left() -> dict[str, int]:
    return {row.lot.code: row.quantity for row in LotQuantity.objects.select_related("lot")}


def test_what_expires_first_is_taken_first() -> None:
    receive("LATE", 5, days=90)
    receive("NEVER", 5)
    receive("SOON", 2, days=10)
    assert take(4) == {"SOON": 2, "LATE": 2}
    assert left() == {"LATE": 3, "NEVER": 5, "SOON": 0}


def test_what_is_expired_or_blocked_stays() -> None:
    receive("OLD", 5, days=-1)
    receive("BAD", 5)
    Lot.objects.filter(code="BAD").update(blocked="recall 3")
    receive("GOOD", 1)
    assert take(2) == {"GOOD": 1}
    for code, why in (("OLD", "expired"), ("BAD", "recall 3")):
        with pytest.raises(LotError, match=why):
            take(1, **{code: 1})
    assert left() == {"OLD": 5, "BAD": 5, "GOOD": 0}


def test_a_wanted_lot_comes_first_and_the_rest_by_expiry() -> None:
    receive("A", 3, days=10)
    receive("B", 3, days=20)
    assert take(3, B=1) == {"B": 1, "A": 2}


def test_a_lot_that_was_never_received_is_refused_with_those_that_were() -> None:
    receive("A", 3)
    with pytest.raises(LotError, match=r"Lot A1 of OIL was never received\. Recorded lots: A\."):
        take(1, A1=1)
    with pytest.raises(LotError, match="4 wanted, 3 recorded in east"):
        take(4, A=4)
    assert (left(), LotMovement.objects.count()) == ({"A": 3}, 1)


def test_a_sku_without_recorded_lots_takes_any_code() -> None:
    assert take(2, ANY=2) == {"ANY": 2}
    assert LotMovement.objects.count() == 0


def test_a_second_delivery_of_a_lot_is_added_and_must_agree() -> None:
    receive("A", 3, days=10, supplier="Cup Works")
    receive("A", 2, supplier="Cup Works")
    assert left() == {"A": 5}
    for other in ({"days": 11}, {"supplier": "Somebody"}):
        with pytest.raises(LotError, match="was received with another"):
            receive("A", 1, **other)
    assert left() == {"A": 5}


def test_pieces_are_put_back_moved_and_written_off() -> None:
    receive("A", 5)
    take(3)
    with transaction.atomic():
        lots.put_back(sku="OIL", warehouse="east", lots={"A": 2, "UNKNOWN": 1}, returned=True, order="7")
        lots.move(sku="OIL", source="east", target="west", quantity=3, code="A")
        lots.write_off(sku="OIL", warehouse="east", quantity=1, code="A", reason="leaks")
    assert dict(LotQuantity.objects.values_list("warehouse", "quantity")) == {"east": 0, "west": 3}
    with pytest.raises(LotError, match="1 wanted, 0 recorded"), transaction.atomic():
        lots.write_off(sku="OIL", warehouse="east", quantity=1, code="A")
    assert lots.differences() == []


def test_a_correction_needs_a_reason_and_the_number_that_was_seen() -> None:
    receive("A", 5)
    lot = Lot.objects.get()
    with pytest.raises(LotError, match="reason"):
        lots.correct(lot_id=lot.pk, warehouse="east", seen=5, quantity=4, reason=" ", who="ada")
    with pytest.raises(LotError, match="from 6 to 5"):
        lots.correct(lot_id=lot.pk, warehouse="east", seen=6, quantity=4, reason="counted", who="ada")
    lots.correct(lot_id=lot.pk, warehouse="east", seen=5, quantity=4, reason="counted", who="ada")
    movement = LotMovement.objects.order_by("-pk")[0]
    assert (movement.quantity_change, movement.reason, movement.who) == (-1, "counted", "ada")


@pytest.mark.parametrize(
    ("typed", "read"), [("1.000", None), ("1,5", None), ("9" * 4301, None), ("\u0661\u0662", 12)]
)
def test_a_corrected_quantity_is_read_as_elsewhere_at_the_desk(typed: str, read: int | None) -> None:
    receive("A", 5)
    form = CorrectionForm(
        {"warehouse": "east", "quantity": typed, "reason": "counted"}, lot=Lot.objects.get()
    )
    assert form.is_valid() == (read is not None)
    assert form.cleaned_data.get("quantity") == read


def test_a_movement_is_never_changed() -> None:
    receive("A", 5)
    movement = LotMovement.objects.get()
    movement.quantity_change = 9
    with pytest.raises(TypeError, match="written once"):
        movement.save()
    LotQuantity.objects.update(quantity=6)
    assert lots.differences() == ["Lot A of OIL in east: 6 recorded, movements add up to 5."]
