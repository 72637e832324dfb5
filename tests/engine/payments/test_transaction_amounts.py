"""Amounts of a transaction, from its events."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from store.engine.payments.models import EventType as T
from store.engine.payments.models import TransactionEvent
from store.engine.payments.transaction_amounts import Amounts, calculate

START = datetime(2026, 11, 21, tzinfo=UTC)


def amounts_of(*events: tuple[str, str, int]) -> Amounts:
    """The amounts from events (type, PSP reference, amount), each one minute after the other."""
    return calculate(
        TransactionEvent(
            type=type_,
            psp_reference=reference,
            amount_value=Decimal(amount),
            created_at=START + timedelta(minutes=n),
        )
        for n, (type_, reference, amount) in enumerate(events)
    )


def test_a_request_is_pending_until_it_is_answered() -> None:
    assert amounts_of((T.CHARGE_REQUEST, "a", 10)).charge_pending == 10
    assert amounts_of((T.CHARGE_REQUEST, "a", 10), (T.CHARGE_SUCCESS, "a", 10)) == Amounts(
        charged=Decimal(10)
    )


def test_a_charge_is_taken_from_what_was_authorized() -> None:
    found = amounts_of((T.AUTHORIZATION_SUCCESS, "a", 30), (T.CHARGE_SUCCESS, "c", 10))
    assert (found.authorized, found.charged) == (20, 10)


def test_a_later_failure_undoes_a_success() -> None:
    assert amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.CHARGE_FAILURE, "a", 10)) == Amounts()


def test_a_later_success_stands_after_a_failure() -> None:
    assert amounts_of((T.CHARGE_FAILURE, "a", 10), (T.CHARGE_SUCCESS, "a", 10)).charged == 10


def test_a_refund_moves_money_from_charged_to_refunded() -> None:
    found = amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.REFUND_SUCCESS, "r", 4))
    assert (found.charged, found.refunded) == (6, 4)


def test_a_reversed_refund_is_charged_again() -> None:
    found = amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.REFUND_SUCCESS, "r", 4), (T.REFUND_REVERSE, "r", 4))
    assert (found.charged, found.refunded) == (10, 0)


def test_an_adjustment_replaces_what_was_authorized_before() -> None:
    found = amounts_of((T.AUTHORIZATION_SUCCESS, "a", 30), (T.AUTHORIZATION_ADJUSTMENT, "b", 12))
    assert found.authorized == 12


def test_a_chargeback_lowers_what_was_charged() -> None:
    assert amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.CHARGE_BACK, "b", 10)).charged == 0


def test_a_canceled_authorization_is_released() -> None:
    found = amounts_of((T.AUTHORIZATION_SUCCESS, "a", 30), (T.CANCEL_SUCCESS, "x", 30))
    assert (found.authorized, found.canceled) == (0, 30)


@pytest.mark.parametrize("kind", [T.INFO, T.CHARGE_ACTION_REQUIRED])
def test_informational_events_move_no_money(kind: str) -> None:
    assert amounts_of((kind, "a", 10)) == Amounts()


@pytest.mark.parametrize("kind", [T.CHARGE_REQUEST, T.CHARGE_FAILURE])
def test_without_a_reference_only_a_success_counts(kind: str) -> None:
    assert amounts_of((kind, "", 10)) == Amounts()
    assert amounts_of((T.CHARGE_SUCCESS, "", 10), (T.CHARGE_SUCCESS, "", 5)).charged == 15


def test_a_success_at_the_moment_of_a_failure_does_not_count() -> None:
    events = [
        TransactionEvent(type=kind, psp_reference="a", amount_value=Decimal(10), created_at=START, pk=pk)
        for pk, kind in enumerate((T.CHARGE_SUCCESS, T.CHARGE_FAILURE), start=1)
    ]
    assert calculate(events) == Amounts()


def test_an_event_that_is_left_out_of_the_reckoning_moves_nothing() -> None:
    event = TransactionEvent(
        type=T.CHARGE_SUCCESS, psp_reference="a", amount_value=Decimal(10), include_in_calculations=False
    )
    assert calculate([event]) == Amounts()


def test_a_refund_under_way_is_no_longer_charged() -> None:
    found = amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.REFUND_REQUEST, "r", 4))
    assert (found.charged, found.refund_pending, found.refunded) == (6, 4, 0)


def test_a_reversal_without_a_reference_leaves_what_was_refunded() -> None:
    found = amounts_of((T.CHARGE_SUCCESS, "a", 10), (T.REFUND_SUCCESS, "r", 4), (T.REFUND_REVERSE, "", 4))
    assert (found.charged, found.refunded) == (10, 4)


def test_an_adjustment_keeps_what_was_charged_before_it() -> None:
    found = amounts_of(
        (T.AUTHORIZATION_SUCCESS, "a", 30), (T.CHARGE_SUCCESS, "c", 10), (T.AUTHORIZATION_ADJUSTMENT, "b", 25)
    )
    assert (found.charged, found.authorized) == (10, 15)


def test_more_charged_than_authorized_leaves_nothing_authorized() -> None:
    found = amounts_of((T.AUTHORIZATION_SUCCESS, "a", 5), (T.CHARGE_SUCCESS, "c", 10))
    assert (found.authorized, found.charged) == (0, 10)


def test_of_two_adjustments_in_one_moment_the_one_stored_later_counts() -> None:
    first, second = (
        TransactionEvent(pk=pk, type=T.AUTHORIZATION_ADJUSTMENT, amount_value=Decimal(pk), created_at=START)
        for pk in (1, 2)
    )
    assert calculate([first, second]).authorized == 2
    assert calculate([second, first]).authorized == 2
