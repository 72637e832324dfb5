"""What staff change of a whole order: confirmation, contact, notes, payment by other means."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.checkout import complete, promo_codes
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.errors import NotFound, OperationError
from store.engine.orders import fulfillments, staff_operations
from store.engine.orders.models import Order, OrderEvent, OrderLine
from store.engine.payments.models import TransactionItem
from store.engine.stock.models import Allocation
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.orders.order_flow import bought, event_types, send

pytestmark = pytest.mark.django_db


def unpaid(quantity: int = 1) -> tuple[Shop, Order]:
    """An order that nobody has paid, of a channel that sells on account."""
    shop = checkout_flow.create_shop()
    shop.channel.allow_unpaid_orders = True
    shop.channel.save()
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), quantity))
    return shop, complete.complete(checkout_id=checkout.pk)


def refused_code(function: Any, **given: Any) -> str:
    with pytest.raises(OperationError) as refused:
        function(**given)
    return refused.value.code


def history(order: Order) -> list[str]:
    return list(order.events.order_by("pk").values_list("type", flat=True))


def update(order: Order, **changes: Any) -> Order:
    return staff_operations.update(order_id=order.pk, changes=changes)


def test_a_confirmation_is_recorded_once() -> None:
    _, order = unpaid()
    staff_operations.confirm(order_id=order.pk)
    order.refresh_from_db()
    assert (order.status, history(order)[-1]) == ("UNFULFILLED", "CONFIRMED")
    assert event_types(order)[-2:] == ["ORDER_CONFIRMED", "ORDER_UPDATED"]
    assert refused_code(staff_operations.confirm, order_id=order.pk) == "INVALID"


def test_an_order_without_lines_is_not_confirmed() -> None:
    _, order = unpaid()
    OrderLine.objects.all().delete()
    assert refused_code(staff_operations.confirm, order_id=order.pk) == "REQUIRED"
    order.refresh_from_db()
    assert order.status == "UNCONFIRMED"


def test_canceling_gives_stock_and_voucher_back() -> None:
    shop = checkout_flow.create_shop()
    voucher = Voucher.objects.create(name="Spring", usage_limit=1)
    code = VoucherCode.objects.create(voucher=voucher, code="SPRING")
    VoucherChannelListing.objects.create(
        voucher=voucher, channel=shop.channel, currency="USD", discount_value=Decimal(5)
    )
    checkout = checkout_flow.checkout_ready_to_pay(shop, (shop.variant("CUP"), 2), (shop.variant("OIL"), 1))

    promo_codes.add_code(checkout_id=checkout.pk, code="SPRING")
    checkout_flow.pay(checkout)
    order = complete.complete(checkout_id=checkout.pk)
    code.refresh_from_db()
    assert code.used == 1
    OrderLine.objects.filter(product_sku="OIL").update(variant=None)
    staff_operations.cancel(order_id=order.pk)
    code.refresh_from_db()
    assert (code.used, list(Allocation.objects.values_list("stock__variant__sku", flat=True))) == (0, ["OIL"])
    assert history(order)[-1] == "CANCELED"
    assert event_types(order)[-2:] == ["ORDER_CANCELLED", "ORDER_UPDATED"]
    assert refused_code(staff_operations.cancel, order_id=order.pk) == "CANNOT_CANCEL_ORDER"


def test_a_canceled_parcel_leaves_the_order_to_be_canceled_with_all_its_pieces() -> None:
    shop, order = bought(3)
    parcel = send(shop, order, 2)
    fulfillments.cancel(fulfillment_id=parcel.pk, warehouse_id=shop.warehouse.pk)
    staff_operations.cancel(order_id=order.pk)
    assert checkout_flow.stock_quantities(shop.variants["CUP"]) == (10, 0, 0)


def test_money_by_another_way_is_a_transaction_of_what_is_due() -> None:
    _, order = unpaid()
    staff_operations.mark_as_paid(order_id=order.pk, reference="till 4")
    item = TransactionItem.objects.get()
    assert (item.charged_value, item.psp_reference, item.available_actions, item.order_id) == (
        order.total_gross_amount,
        "till 4",
        ["REFUND"],
        order.pk,
    )
    marked = order.events.get(type="ORDER_MARKED_AS_PAID")
    assert marked.parameters == {"transaction_reference": "till 4"}
    assert event_types(order).count("ORDER_FULLY_PAID") == 1


def test_beside_a_part_that_was_paid_only_the_rest_is_due() -> None:
    _, order = unpaid()
    staff_operations.mark_as_paid(order_id=order.pk)
    TransactionItem.objects.update(charged_value=Decimal("6.79"))
    assert refused_code(staff_operations.mark_as_paid, order_id=order.pk) == "TRANSACTION_ERROR"
    staff_operations.mark_as_paid(order_id=order.pk, beside_transactions=True)
    paid = sorted(TransactionItem.objects.values_list("charged_value", flat=True))
    assert paid == [Decimal("6.79"), order.total_gross_amount - Decimal("6.79")]
    code = refused_code(staff_operations.mark_as_paid, order_id=order.pk, beside_transactions=True)
    assert (code, TransactionItem.objects.count()) == ("INVALID", 2)


@pytest.mark.parametrize(("status", "code"), [("DRAFT", "TRANSACTION_ERROR"), ("CANCELED", "INVALID")])
def test_a_closed_order_waits_for_no_payment(status: str, code: str) -> None:
    _, order = unpaid()
    Order.objects.update(status=status)
    assert refused_code(staff_operations.mark_as_paid, order_id=order.pk) == code
    assert not TransactionItem.objects.exists()


def test_a_note_is_stored_without_blanks_and_its_new_wording_beside_it() -> None:
    _, order = unpaid()
    _, note = staff_operations.add_note(order_id=order.pk, message=" Called ")
    again, changed = staff_operations.change_note(event_id=note.pk, message=" Called twice ")
    assert (again, note.parameters) == (order, {"message": "Called"})
    changed.refresh_from_db()
    assert (changed.type, changed.parameters) == (
        "NOTE_UPDATED",
        {"message": "Called twice", "related": note.pk},
    )
    _, last = staff_operations.change_note(event_id=changed.pk, message="Called three times")
    assert (last.type, OrderEvent.objects.get(pk=note.pk).parameters["message"]) == ("NOTE_UPDATED", "Called")
    assert event_types(order)[-3:] == ["ORDER_UPDATED"] * 3


def test_only_a_note_can_be_reworded_and_not_into_nothing() -> None:
    _, order = unpaid()
    _, note = staff_operations.add_note(order_id=order.pk, message="Called")
    assert refused_code(staff_operations.change_note, event_id=note.pk, message=" ") == "REQUIRED"
    placed = order.events.order_by("pk")[0]
    for pk in (placed.pk, 0):
        with pytest.raises(NotFound):
            staff_operations.change_note(event_id=pk, message="x")
    assert history(order)[-1] == "NOTE_ADDED"


def test_what_is_given_of_the_contact_is_changed_and_the_rest_stays() -> None:
    _, order = bought(1)
    update(order, user_email="bob@example.com", metadata={"a": "1"}, private_metadata={"p": "1"})
    update(
        order,
        language_code="de",
        external_reference="ERP-1",
        metadata={"b": "2"},
        private_metadata={"q": "2"},
    )
    changed = update(order, user_email=None)
    order.refresh_from_db()
    assert (order.user_email, order.language_code, order.external_reference) == (
        "bob@example.com",
        "de",
        "ERP-1",
    )
    assert (order.metadata, order.private_metadata) == ({"a": "1", "b": "2"}, {"p": "1", "q": "2"})
    assert changed == order
    assert event_types(order).count("ORDER_METADATA_UPDATED") == 2
    assert event_types(order)[-1] == "ORDER_UPDATED"


def test_an_external_reference_is_one_orders_alone() -> None:
    shop, order = bought(1)
    other = checkout_flow.place_order(shop, (shop.variants["CUP"], 1))
    update(order, external_reference="ERP-1")
    update(order, external_reference="ERP-1")
    assert refused_code(update, order=other, external_reference="ERP-1") == "UNIQUE"
    other.refresh_from_db()
    assert other.external_reference is None


def test_a_draft_is_changed_elsewhere() -> None:
    _, order = bought(1)
    Order.objects.update(status="DRAFT")
    assert refused_code(update, order=order, language_code="de") == "INVALID"
    order.refresh_from_db()
    assert order.language_code == "en"


def test_an_unknown_order_is_not_found() -> None:
    for operation in (staff_operations.confirm, staff_operations.cancel, staff_operations.mark_as_paid):
        with pytest.raises(NotFound):
            operation(order_id=uuid4())
