"""What gateways answer: the dummy gateway as the caller's data says, an app within Saleor's protocol."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from store.engine.payments import app_responses
from store.engine.payments.app_responses import MAX_REFERENCE_LENGTH
from store.engine.payments.gateways import DummyGateway, InvalidResponse, Response, SessionRequest
from store.engine.payments.models import TransactionItem

AMOUNT = Decimal("36.79")


def dummy(data: Any, action: str = "CHARGE") -> Response:
    request = SessionRequest(TransactionItem(), None, action, AMOUNT, "USD", data)
    return DummyGateway().process_session(request)


def app(**fields: Any) -> Response:
    answer = {"result": "CHARGE_SUCCESS", "pspReference": "psp-1"} | fields
    return app_responses.parse_session(answer, requested_amount=AMOUNT)


@pytest.mark.parametrize("data", [None, "x", [], {}, {"event": None}, {"event": {}}, {"event": {"type": 1}},
                                  {"event": {"type": "REFUND_SUCCESS"}}])  # fmt: skip
@pytest.mark.parametrize(
    ("action", "failure"), [("CHARGE", "CHARGE_FAILURE"), ("AUTHORIZATION", "AUTHORIZATION_FAILURE")]
)
def test_the_dummy_gateway_takes_nothing_without_a_result(data: Any, action: str, failure: str) -> None:
    answer = dummy(data, action)
    assert (answer.result, answer.amount, answer.actions) == (failure, AMOUNT, [])
    assert answer.psp_reference
    assert "Say what shall happen" in answer.message


@pytest.mark.parametrize(
    ("result", "message", "actions"),
    [
        ("CHARGE_SUCCESS", "Great success!", ["REFUND"]),
        ("AUTHORIZATION_SUCCESS", "Great success!", ["CHARGE", "CANCEL"]),
        ("CHARGE_FAILURE", "", []),
        ("CHARGE_REQUEST", "", []),
        ("CHARGE_ACTION_REQUIRED", "", []),
    ],
)
def test_the_dummy_gateway_does_what_it_is_told(result: str, message: str, actions: list[str]) -> None:
    answer = dummy({"event": {"type": result}})
    assert (answer.result, answer.amount, answer.message, answer.actions) == (
        result,
        AMOUNT,
        message,
        actions,
    )
    assert answer.psp_reference
    assert dummy({"event": {"type": result, "includePspReference": False}}).psp_reference == ""


@pytest.mark.parametrize(
    ("action", "result", "actions"),
    [("CHARGE", "CHARGE_SUCCESS", ["REFUND"]), ("REFUND", "REFUND_SUCCESS", []), ("CANCEL", "CANCEL_SUCCESS", [])],
)  # fmt: skip
def test_the_dummy_gateway_grants_each_action(action: str, result: str, actions: list[str]) -> None:
    answer = DummyGateway().request_action(TransactionItem(), action, AMOUNT)
    assert (answer.result, answer.amount, answer.actions) == (result, AMOUNT, actions)


def test_the_dummy_gateway_tells_the_browser_that_no_money_moves() -> None:
    assert "No money moves" in DummyGateway().configuration()["note"]


def test_a_reference_has_at_most_its_columns_length() -> None:
    longest = "x" * MAX_REFERENCE_LENGTH
    assert app(pspReference=longest).psp_reference == longest
    for wrong in (longest + "x", 7, ""):
        with pytest.raises(InvalidResponse, match="pspReference"):
            app(pspReference=wrong)


def test_only_known_actions_are_offered() -> None:
    assert app().actions is None
    assert app(actions=["CANCEL", "FLY", "CHARGE", "CANCEL"]).actions == ["CHARGE", "CANCEL"]
    with pytest.raises(InvalidResponse, match="actions"):
        app(actions="REFUND")


@pytest.mark.parametrize("given", [0, 1_764_000_000, 1_764_000_000.5])
def test_a_time_may_be_in_seconds(given: float) -> None:
    assert app(time=given).time == datetime.fromtimestamp(given, UTC)


def test_a_time_may_be_text_in_utc_or_another_zone() -> None:
    noon = datetime(2026, 11, 28, 12, tzinfo=UTC)
    for text in ("2026-11-28T12:00:00", "2026-11-28T12:00:00+00:00", "2026-11-28T13:00:00+01:00"):
        assert app(time=text).time == noon


@pytest.mark.parametrize("given", [True, False, [], {}, "yesterday", 1e300])
def test_what_is_no_time_is_refused(given: Any) -> None:
    with pytest.raises(InvalidResponse, match="time"):
        app(time=given)
