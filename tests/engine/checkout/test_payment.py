"""Payments of a checkout or an order: what is left, what was made elsewhere, and requests of staff."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from store.engine.checkout import complete, payment
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, NotUnique, OperationError
from store.engine.events.models import Event
from store.engine.orders.models import Order
from store.engine.payments import transaction_sessions
from store.engine.payments.models import TransactionItem
from tests.engine import checkout_flow
from tests.engine.checkout_flow import Shop
from tests.engine.locks import recorded_locks

pytestmark = pytest.mark.django_db
TOTAL = Decimal("36.79")
NEXT_STEP = {"event": {"type": "CHARGE_ACTION_REQUIRED", "includePspReference": True}}


@pytest.fixture
def order(checkout: Checkout) -> Order:
    checkout_flow.pay(checkout)
    return complete.complete(checkout_id=checkout.pk)


def refused(function: Any, *given: Any, **options: Any) -> tuple[str, str | None]:
    with pytest.raises(OperationError) as error:
        function(*given, **options)
    return error.value.code, error.value.field


def item_of(row: Checkout | Order) -> TransactionItem:
    kind = "checkout_id" if isinstance(row, Checkout) else "order_id"
    return TransactionItem.objects.get(**{kind: row.pk})


def request(item: TransactionItem, action: str = "REFUND", amount: str | None = None, **options: Any) -> Any:
    value = None if amount is None else Decimal(amount)
    return payment.request_action(transaction_id=item.pk, action=action, amount=value, **options)


def history(order: Order) -> list[tuple[str, Any]]:
    return [(event.type, event.parameters) for event in order.events.order_by("pk")]


def event_types(order: Order) -> list[str]:
    return list(Event.objects.filter(object_pk=str(order.pk)).order_by("pk").values_list("type", flat=True))


def test_parts_are_paid_until_nothing_is_left(checkout: Checkout) -> None:
    for amount in ("10.00", "6.785"):
        checkout_flow.pay(checkout, amount=Decimal(amount))
    assert refused(checkout_flow.pay, checkout, amount=Decimal("20.01")) == ("INVALID", "amount")
    assert checkout_flow.pay(checkout).event.amount_value == 20
    assert refused(checkout_flow.pay, checkout, amount=Decimal(1)) == (
        "CHECKOUT_COMPLETION_IN_PROGRESS",
        "id",
    )


def test_a_part_that_was_captured_of_what_was_authorized_is_not_left_to_pay_again(checkout: Checkout) -> None:
    amounts = {"authorized": Decimal("16.79"), "charged": Decimal("10")}
    payment.create(checkout_id=checkout.pk, **amounts)
    assert refused(checkout_flow.pay, checkout, amount=Decimal("10.01")) == ("INVALID", "amount")
    assert checkout_flow.pay(checkout).event.amount_value == 10
    assert complete.complete(checkout_id=checkout.pk).authorize_status == "FULL"


def test_a_payment_without_a_gateway_or_source_is_not_found(checkout: Checkout) -> None:
    for given in ({"checkout_id": uuid4()}, {"order_id": uuid4()}):
        with pytest.raises(NotFound) as error:
            payment.initialize(gateway_id=checkout_flow.DUMMY, **given)  # type: ignore[arg-type]
        assert error.value.field == "id"
    with pytest.raises(NotFound):
        payment.initialize(gateway_id="gone", checkout_id=checkout.pk)
    assert not TransactionItem.objects.exists()


def test_a_key_of_another_checkout_is_refused(shop: Shop, checkout: Checkout) -> None:
    other = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    checkout_flow.pay(other, idempotency_key="k")
    with pytest.raises(NotUnique):
        checkout_flow.pay(checkout, idempotency_key="k")


def test_a_payment_that_was_made_before_the_order_is_found_by_its_key(checkout: Checkout) -> None:
    first = checkout_flow.pay(checkout, idempotency_key="k")
    complete.complete(checkout_id=checkout.pk)
    again = checkout_flow.pay(checkout, idempotency_key="k")
    assert (again.transaction, again.event, again.is_new) == (first.transaction, first.event, False)
    for key in ("other", None):
        with pytest.raises(NotFound):
            checkout_flow.pay(checkout, idempotency_key=key)


@pytest.mark.parametrize(
    ("flow", "kind"), [("CHARGE", "CHARGE_FAILURE"), ("authorization", "AUTHORIZATION_FAILURE")]
)
def test_the_channel_says_whether_money_is_charged_or_authorized(
    shop: Shop, checkout: Checkout, flow: str, kind: str
) -> None:
    shop.channel.default_transaction_flow_strategy = flow
    shop.channel.save()
    pay = {"gateway_id": checkout_flow.DUMMY, "checkout_id": checkout.pk}
    assert payment.initialize(**pay).event.type == kind
    assert payment.initialize(**pay, action="CHARGE").event.type == "CHARGE_FAILURE"


def test_an_order_is_locked_with_its_transaction(order: Order) -> None:
    with recorded_locks() as locked:
        request(item_of(order), amount="1.00")
    assert locked[:2] == ["Order", "TransactionItem"]


def test_a_next_step_pays_the_order(shop: Shop, order: Order) -> None:
    Order.objects.update(total_gross_amount=TOTAL + 5)
    asked = payment.initialize(
        gateway_id=checkout_flow.DUMMY, order_id=order.pk, data=NEXT_STEP, amount=Decimal(5)
    )
    done = payment.process(transaction_id=asked.transaction.pk, data=checkout_flow.SUCCESS)
    order.refresh_from_db()
    assert (done.event.type, done.event.amount_value, order.total_charged_amount) == (
        "CHARGE_SUCCESS",
        5,
        TOTAL + 5,
    )
    again = payment.process(transaction_id=asked.transaction.pk, data=checkout_flow.SUCCESS)
    assert (again.event, again.is_new) == (done.event, False)
    with pytest.raises(NotFound):
        payment.process(transaction_id=uuid4())


def test_a_payment_of_nothing_that_exists_is_not_continued(checkout: Checkout) -> None:
    asked = payment.initialize(gateway_id=checkout_flow.DUMMY, checkout_id=checkout.pk, data=NEXT_STEP)
    TransactionItem.objects.update(checkout_id=None)
    assert refused(payment.process, transaction_id=asked.transaction.pk) == ("INVALID", "id")


def test_what_was_made_elsewhere_pays_the_order_with_a_note(order: Order) -> None:
    Order.objects.update(total_gross_amount=TOTAL + 5)
    made = payment.create(
        order_id=order.pk,
        charged=Decimal(5),
        currencies={"amountCharged": "USD"},
        event={"message": "till 4", "psp_reference": "p-9"},
    )
    order.refresh_from_db()
    assert (made.order_id, made.checkout_id, made.currency) == (order.pk, None, "USD")
    assert (order.total_charged_amount, order.charge_status) == (TOTAL + 5, "FULL")
    assert ("TRANSACTION_EVENT", {"message": "till 4", "reference": "p-9"}) in history(order)
    assert event_types(order)[-3:] == ["ORDER_PAID", "ORDER_FULLY_PAID", "ORDER_UPDATED"]


def test_foreign_money_is_refused_in_its_field(order: Order, checkout: Checkout) -> None:
    code = ("INCORRECT_CURRENCY", "amountCharged")
    assert refused(payment.create, order_id=order.pk, currencies={"amountCharged": "EUR"}) == code
    given = {"transaction_id": item_of(order).pk, "check_permission": lambda _item: None, "changes": {}}
    assert refused(payment.change, currencies={"amountCharged": "EUR"}, **given) == code
    assert TransactionItem.objects.count() == 1


def test_a_checkout_with_too_many_transactions_takes_no_more(
    checkout: Checkout, monkeypatch: pytest.MonkeyPatch
) -> None:
    payment.create(checkout_id=checkout.pk)
    monkeypatch.setattr(transaction_sessions, "LIMIT", 2)
    payment.create(checkout_id=checkout.pk)
    for begin in (payment.create, partial(payment.initialize, gateway_id=checkout_flow.DUMMY)):
        assert refused(begin, checkout_id=checkout.pk) == ("INVALID", "id")


def test_a_change_of_what_was_made_elsewhere_counts_for_the_order(order: Order) -> None:
    asked: list[TransactionItem] = []
    item = payment.change(
        transaction_id=item_of(order).pk,
        currencies={"amountCharged": "USD"},
        check_permission=asked.append,
        changes={"charged": Decimal(30), "refunded": Decimal("6.79")},
    )
    order.refresh_from_db()
    assert (asked, order.total_charged_amount, order.charge_status) == ([item], 30, "PARTIAL")
    assert event_types(order)[-2:] == ["ORDER_REFUNDED", "ORDER_UPDATED"]


def test_who_may_not_report_changes_nothing(order: Order) -> None:
    def refuse(_item: TransactionItem) -> None:
        raise OperationError("no", code="PERMISSION_DENIED")

    item = item_of(order)
    given = {"transaction_id": item.pk, "check_permission": refuse}
    assert (
        refused(payment.change, currencies={}, changes={"charged": Decimal(1)}, **given)[0]
        == "PERMISSION_DENIED"
    )
    report = {"type": "REFUND_SUCCESS", "psp_reference": "r", "amount": Decimal(1), "metadata": {"a": "1"}}
    assert refused(payment.report, **given, **report)[0] == "PERMISSION_DENIED"
    item.refresh_from_db()
    assert (item.charged_value, item.refunded_value, item.metadata) == (TOTAL, 0, {})


def test_a_report_adds_to_the_metadata_and_counts_once(order: Order) -> None:
    item = item_of(order)
    TransactionItem.objects.update(metadata={"a": "1"}, private_metadata={"p": "1"})
    report = {"transaction_id": item.pk, "type": "REFUND_SUCCESS", "psp_reference": "r", "amount": Decimal(5)}
    for _ in range(2):
        payment.report(**report, metadata={"b": "2"}, private_metadata={"q": "2"})
    item.refresh_from_db()
    order.refresh_from_db()
    assert (item.metadata, item.private_metadata) == ({"a": "1", "b": "2"}, {"p": "1", "q": "2"})
    assert (item.refunded_value, order.total_charged_amount) == (5, TOTAL - 5)
    assert event_types(order).count("ORDER_REFUNDED") == 1
    assert refused(payment.report, **(report | {"amount": Decimal(6)})) == (
        "INCORRECT_DETAILS",
        "pspReference",
    )
    order.refresh_from_db()
    assert order.total_charged_amount == TOTAL - 5


@pytest.mark.parametrize("action", ["CHARGE", "CANCEL"])
def test_only_a_refund_has_a_reason(order: Order, action: str) -> None:
    assert refused(request, item_of(order), action, message="why") == ("INVALID", "refundReason")


def test_a_refund_is_in_the_history_with_amount_and_reason(order: Order) -> None:
    request(item_of(order), amount="5.00", message="Scratched")
    request(item_of(order), amount="1.00")
    asked = [parameters for kind, parameters in history(order) if kind == "TRANSACTION_REFUND_REQUESTED"]
    assert [(Decimal(one.pop("amount")), one) for one in asked] == [
        (Decimal(5), {"message": "Scratched"}),
        (Decimal(1), {}),
    ]
    order.refresh_from_db()
    assert order.total_charged_amount == TOTAL - 6


def test_a_form_sent_twice_refunds_once(order: Order) -> None:
    for _ in range(2):
        assert request(item_of(order), amount="5.00", request_key="form 1").pk == item_of(order).pk
    assert item_of(order).refunded_value == 5


def test_a_refund_of_a_cart_keeps_it_from_becoming_an_order(shop: Shop, checkout: Checkout) -> None:
    other = checkout_flow.checkout_ready_to_pay(shop, (shop.variants["CUP"], 1))
    checkout_flow.pay(checkout)
    request(item_of(checkout), amount="5.00")
    checkout.refresh_from_db()
    other.refresh_from_db()
    assert (checkout.completion_problem, other.completion_problem) == (payment.REFUND_REQUESTED, "")


def test_a_charge_of_what_was_authorized_leaves_the_cart_as_it_is(shop: Shop, checkout: Checkout) -> None:
    data = {"event": {"type": "AUTHORIZATION_SUCCESS", "includePspReference": True}}
    payment.initialize(
        gateway_id=checkout_flow.DUMMY, checkout_id=checkout.pk, data=data, action="AUTHORIZATION"
    )
    assert refused(checkout_flow.pay, checkout, amount=Decimal(1))[0] == "CHECKOUT_COMPLETION_IN_PROGRESS"
    request(item_of(checkout), "CHARGE", "30.00")
    checkout.refresh_from_db()
    assert (checkout.completion_problem, item_of(checkout).charged_value) == ("", 30)
    request(item_of(checkout), "CANCEL")
    checkout.refresh_from_db()
    assert (checkout.completion_problem, item_of(checkout).canceled_value) == (
        payment.REFUND_REQUESTED,
        Decimal("6.79"),
    )


def test_a_response_to_no_request_changes_nothing(order: Order) -> None:
    payment.handle_app_response(Event(extra={"request": 0}), None)
    payment.handle_app_response(Event(extra={}), None)
    assert item_of(order).charged_value == TOTAL


def test_an_apps_answer_to_a_refund_counts_for_the_order(order: Order) -> None:
    item = item_of(order)
    asked = item.events.create(type="REFUND_REQUEST", amount_value=5, currency="USD", awaits_response=True)
    payment.handle_app_response(
        Event(extra={"request": asked.pk}), {"result": "REFUND_SUCCESS", "pspReference": "r-1"}
    )
    order.refresh_from_db()
    asked.refresh_from_db()
    assert (item_of(order).refunded_value, order.total_charged_amount) == (5, TOTAL - 5)
    assert (asked.awaits_response, event_types(order)[-2:]) == (False, ["ORDER_REFUNDED", "ORDER_UPDATED"])


def test_the_same_key_finds_the_payment_that_was_begun_with_it(checkout: Checkout) -> None:
    first = checkout_flow.pay(checkout, idempotency_key="k")
    again = checkout_flow.pay(checkout, idempotency_key="k")
    assert (again.transaction, again.is_new, TransactionItem.objects.count()) == (first.transaction, False, 1)


def test_while_an_app_is_asked_for_the_total_nothing_else_is_charged(checkout: Checkout) -> None:
    item = TransactionItem.objects.create(checkout_id=checkout.pk, currency="USD", awaits_result=True)
    item.events.create(type="CHARGE_REQUEST", amount_value=30, currency="USD", include_in_calculations=False)
    with pytest.raises(OperationError, match="under way") as error:
        checkout_flow.pay(checkout, amount=Decimal(7))
    assert (error.value.code, error.value.field) == ("CHECKOUT_COMPLETION_IN_PROGRESS", "id")
    assert checkout_flow.pay(checkout, amount=Decimal("6.79")).event.type == "CHARGE_SUCCESS"
