"""Reported events of a transaction: amounts, repetitions, contradictions, and transactions made elsewhere."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from store.engine.errors import NotFound, OperationError, Required
from store.engine.payments import transaction_events
from store.engine.payments.gateways import DUMMY
from store.engine.payments.models import TransactionEvent, TransactionItem
from store.engine.payments.transaction_events import Report

pytestmark = pytest.mark.django_db


def transaction(**given: Any) -> TransactionItem:
    return transaction_events.create(currency="USD", **given)


def report(item: TransactionItem, type: str, amount: str | None = None, **given: Any) -> Report:
    options = {"psp_reference": "p-1"} | given
    value = None if amount is None else Decimal(amount)
    return transaction_events.report_event(item=item, type=type, amount=value, **options)


def kinds(item: TransactionItem) -> list[str]:
    return list(item.events.order_by("pk").values_list("type", flat=True))


def test_an_unknown_transaction_is_named() -> None:
    with pytest.raises(NotFound) as refused:
        transaction_events.lock(uuid4())
    assert refused.value.field == "id"


def test_what_is_made_elsewhere_has_its_amounts_and_a_note() -> None:
    item = transaction(
        authorized=Decimal("5.005"),
        charged=Decimal("20"),
        available_actions=["REFUND", "CHARGE", "REFUND"],
        event={"psp_reference": "n-1", "message": "x" * 600},
        name="Bank",
        message="y" * 600,
        psp_reference="p-0",
    )
    item.refresh_from_db()
    assert (item.charged_value, item.authorized_value) == (Decimal("20"), Decimal("5.01"))
    assert (item.available_actions, item.psp_reference, len(item.message)) == (
        ["REFUND", "CHARGE"],
        "p-0",
        512,
    )
    assert kinds(item) == ["AUTHORIZATION_SUCCESS", "CHARGE_SUCCESS", "INFO"]
    note = item.events.get(type="INFO")
    assert (note.psp_reference, len(note.message), note.amount_value) == ("n-1", 512, 0)


def test_without_amounts_nothing_is_recorded() -> None:
    item = transaction()
    assert (kinds(item), item.charged_value, item.available_actions) == ([], 0, [])


def test_a_success_gives_the_transaction_its_reference_app_and_actions() -> None:
    item = transaction()
    done = report(
        item, "CHARGE_SUCCESS", "20.005", available_actions=["REFUND", "REFUND"], app_identifier="cards"
    )
    item.refresh_from_db()
    assert (item.charged_value, item.psp_reference, item.app_identifier) == (Decimal("20.01"), "p-1", "cards")
    assert (item.available_actions, done.already_processed, done.error) == (["REFUND"], False, None)
    report(item, "CHARGE_SUCCESS", "5", psp_reference="p-2", app_identifier="others")
    item.refresh_from_db()
    assert (item.charged_value, item.psp_reference, item.app_identifier) == (Decimal("25.01"), "p-1", "cards")


@pytest.mark.parametrize("type", ["REFUND_SUCCESS", "CHARGE_FAILURE", "INFO"])
def test_other_events_give_it_no_reference(type: str) -> None:
    item = transaction()
    report(item, type, "1")
    item.refresh_from_db()
    assert item.psp_reference == ""


def test_the_same_event_again_changes_only_the_actions_that_are_offered() -> None:
    item = transaction()
    first = report(item, "CHARGE_SUCCESS", "20", available_actions=["REFUND"])
    for actions, expected in (
        (None, ["REFUND"]),
        (["CANCEL", "CHARGE", "CANCEL"], ["CANCEL", "CHARGE"]),
        (["CHARGE", "CANCEL"], ["CANCEL", "CHARGE"]),
        ([], []),
    ):
        again = report(item, "CHARGE_SUCCESS", "20", available_actions=actions)
        item.refresh_from_db()
        assert (again.event, again.already_processed, again.error) == (first.event, True, None)
        assert (item.available_actions, item.charged_value) == (expected, Decimal(20))
    assert kinds(item) == ["CHARGE_SUCCESS"]


def test_notes_are_never_repetitions() -> None:
    item = transaction()
    for _ in range(2):
        report(item, "INFO", message="still here")
    assert kinds(item) == ["INFO", "INFO"]


@pytest.mark.parametrize("type", ["CHARGE_SUCCESS", "REFUND_SUCCESS", "CANCEL_SUCCESS"])
def test_another_amount_of_the_same_event_is_a_failure_that_moves_nothing(type: str) -> None:
    item = transaction(authorized=Decimal(50), charged=Decimal(50))
    report(item, type, "20")
    item.refresh_from_db()
    before = (item.charged_value, item.authorized_value)
    again = report(item, type, "21")
    item.refresh_from_db()
    assert again.error
    assert (again.error.code, again.error.field) == ("INCORRECT_DETAILS", "pspReference")
    assert (again.event.type, again.event.include_in_calculations) == (
        type.replace("_SUCCESS", "_FAILURE"),
        False,
    )
    assert (item.charged_value, item.authorized_value) == before


def test_it_is_authorized_once_and_adjusted_after_that() -> None:
    item = transaction()
    report(item, "AUTHORIZATION_SUCCESS", "20")
    again = report(item, "AUTHORIZATION_SUCCESS", "20", psp_reference="p-2")
    item.refresh_from_db()
    assert again.error
    assert (again.error.code, again.error.field, again.event.type) == (
        "ALREADY_EXISTS",
        "type",
        "AUTHORIZATION_FAILURE",
    )
    assert item.authorized_value == 20
    report(item, "AUTHORIZATION_ADJUSTMENT", "30", psp_reference="p-3")
    item.refresh_from_db()
    assert item.authorized_value == 30


@pytest.mark.parametrize(
    "type", ["CHARGE_SUCCESS", "REFUND_REQUEST", "AUTHORIZATION_ADJUSTMENT", "CHARGE_BACK"]
)
def test_an_event_about_money_needs_its_amount(type: str) -> None:
    item = transaction()
    with pytest.raises(Required) as refused:
        report(item, type)
    assert (refused.value.field, kinds(item)) == ("amount", [])


def test_a_failure_without_amount_has_that_of_its_request() -> None:
    item = transaction(charged=Decimal(50))
    report(item, "REFUND_REQUEST", "20")
    TransactionEvent.objects.filter(type="REFUND_REQUEST").update(granted_refund_id=None)
    assert report(item, "REFUND_FAILURE").event.amount_value == 20
    with pytest.raises(Required, match="p-9"):
        report(item, "REFUND_FAILURE", psp_reference="p-9")
    assert report(item, "INFO", psp_reference="p-9").event.amount_value == 0


@pytest.mark.parametrize(
    ("asked", "given", "expected"),
    [(None, "50", "50"), ("20", "20", "30"), ("50", None, None), ("80", "50", "0")],
)
def test_what_is_left_is_less_what_an_app_is_asked_for(
    asked: str | None, given: str | None, expected: str | None
) -> None:
    """`given`: what is refunded of 50; None where nothing is left. `expected`: what is left then."""
    item = transaction(charged=Decimal(50), authorized=Decimal(7), app_identifier=DUMMY)
    assert transaction_events.left_for("CHARGE", item) == 7
    assert not transaction_events.is_being_refunded([item])
    if given is None:
        TransactionEvent.objects.create(
            transaction=item, type="REFUND_REQUEST", amount_value=50, currency="USD", awaits_response=True
        )
        assert transaction_events.is_being_refunded([item])
        with pytest.raises(OperationError, match="left to refund"):
            transaction_events.request_action(item=item, action="REFUND")
        assert transaction_events.left_for("CHARGE", item) == 7
        return
    amount = Decimal(asked) if asked else None
    event = transaction_events.request_action(item=item, action="REFUND", amount=amount)
    item.refresh_from_db()
    assert event
    assert (event.type, event.amount_value) == ("REFUND_SUCCESS", Decimal(given))
    assert item.refunded_value == Decimal(given)
    left = Decimal(50) - Decimal(given)
    assert transaction_events.left_for("REFUND", item) == left == (Decimal(expected or 0) if asked else left)


def test_a_charge_or_a_cancel_under_way_is_not_asked_for_again() -> None:
    item = transaction(authorized=Decimal(50))
    for type in ("CHARGE_REQUEST", "CANCEL_REQUEST"):
        TransactionEvent.objects.create(
            transaction=item, type=type, amount_value=20, currency="USD", awaits_response=True
        )
    assert transaction_events.left_for("CHARGE", item) == 10
    assert transaction_events.left_for("CANCEL", item) == 10
    assert transaction_events.is_being_refunded([item])
    with pytest.raises(OperationError, match="left to refund"):
        transaction_events.request_action(item=item, action="REFUND")


def test_where_nobody_can_be_asked_the_attempt_is_stored_as_failed() -> None:
    item = transaction(charged=Decimal(50), app_identifier="gone")
    event = transaction_events.request_action(item=item, action="REFUND", message="m" * 600)
    assert event is None
    assert not transaction_events.is_accepted(event)
    with pytest.raises(OperationError) as refused:
        transaction_events.require_accepted(event)
    assert refused.value.code == "MISSING_TRANSACTION_ACTION_REQUEST_WEBHOOK"
    request = item.events.get(type="REFUND_REQUEST")
    assert (request.amount_value, len(request.message), request.include_in_calculations) == (50, 512, False)
    item.refresh_from_db()
    assert (item.charged_value, item.refunded_value) == (50, 0)
    assert kinds(item) == ["CHARGE_SUCCESS", "REFUND_REQUEST", "REFUND_FAILURE"]


def change(item: TransactionItem, **changes: Any) -> TransactionItem:
    transaction_events.change(item=item, changes=changes)
    item.refresh_from_db()
    return item


def test_a_change_sets_what_is_given_and_leaves_the_rest() -> None:
    item = transaction(
        name="Bank",
        message="first",
        available_actions=["CHARGE"],
        metadata={"a": "1"},
        private_metadata={"b": "1"},
    )
    change(item)
    assert (item.name, item.message, item.available_actions) == ("Bank", "first", ["CHARGE"])
    change(item, name="Cash", psp_reference="p-7", external_url="https://pay.example/7")
    assert (item.name, item.psp_reference, item.external_url) == ("Cash", "p-7", "https://pay.example/7")
    assert (item.message, item.available_actions) == ("first", ["CHARGE"])
    change(item, message="m" * 600, available_actions=["REFUND", "CANCEL", "REFUND"], name="")
    assert (item.name, len(item.message), item.available_actions) == ("", 512, ["REFUND", "CANCEL"])
    change(item, metadata={"c": "2"}, private_metadata={"b": "3"})
    assert (item.metadata, item.private_metadata) == ({"a": "1", "c": "2"}, {"b": "3"})


def test_changed_amounts_become_those_given_by_events_of_the_difference() -> None:
    item = transaction(authorized=Decimal(50))
    change(item, charged=Decimal(20), authorized=Decimal("50"))
    assert (item.authorized_value, item.charged_value) == (50, 20)
    change(item, charged=Decimal("12.50"), refunded=Decimal(5), canceled=Decimal(3))
    assert (item.charged_value, item.refunded_value, item.canceled_value) == (Decimal("12.50"), 5, 3)
    assert [(one.type, one.amount_value) for one in item.events.order_by("pk")] == [
        ("AUTHORIZATION_SUCCESS", 50),
        ("CHARGE_SUCCESS", 20),
        ("CHARGE_SUCCESS", Decimal("-7.50")),
        ("REFUND_SUCCESS", 5),
        ("CANCEL_SUCCESS", 3),
    ]


def test_a_change_may_come_with_a_note() -> None:
    item = transaction()
    transaction_events.change(
        item=item,
        changes={},
        event={"psp_reference": "n-1", "message": "by hand"},
        app_identifier="cards",
        user_id=None,
    )
    note = item.events.get()
    assert (note.type, note.psp_reference, note.message, note.app_identifier) == (
        "INFO",
        "n-1",
        "by hand",
        "cards",
    )
