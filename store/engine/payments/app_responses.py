"""Parses responses of payment apps, checking each field of Saleor's protocol. Raises InvalidResponse."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from typing import Any

from store.engine.payments.gateways import InvalidResponse, Response
from store.engine.payments.models import EventType as T
from store.saleor.http_urls import InvalidHttpUrl, parse_http_url

ACTIONS = ("CHARGE", "REFUND", "CANCEL")
MAX_MESSAGE_LENGTH = 512
MAX_REFERENCE_LENGTH = 512
MAX_AMOUNT = Decimal(10) ** 9
REFERENCE_REQUIRED = (T.AUTHORIZATION_SUCCESS, T.CHARGE_SUCCESS, T.AUTHORIZATION_REQUEST, T.CHARGE_REQUEST)
SESSION_RESULTS = (
    *REFERENCE_REQUIRED,
    T.AUTHORIZATION_FAILURE,
    T.CHARGE_FAILURE,
    T.AUTHORIZATION_ACTION_REQUIRED,
    T.CHARGE_ACTION_REQUIRED,
    T.CANCEL_SUCCESS,
)
ACTION_RESULTS = {
    "CHARGE": (T.CHARGE_SUCCESS, T.CHARGE_FAILURE),
    "REFUND": (T.REFUND_SUCCESS, T.REFUND_FAILURE),
    "CANCEL": (T.CANCEL_SUCCESS, T.CANCEL_FAILURE),
}


def parse_gateway_initialize(payload: Any) -> Any:
    """PAYMENT_GATEWAY_INITIALIZE_SESSION: `{data}`; an empty response is valid and means that nothing is needed."""
    if not payload:
        return None
    if not isinstance(payload, Mapping) or "data" not in payload:
        raise InvalidResponse("The payment app did not answer with `data`.")
    return payload["data"]


def parse_session(payload: Any, *, requested_amount: Decimal) -> Response:
    """TRANSACTION_INITIALIZE_SESSION and TRANSACTION_PROCESS_SESSION."""
    response = _object(payload)
    return _response(
        response,
        result=_result(response, SESSION_RESULTS),
        requested_amount=requested_amount,
        reference_required_for=REFERENCE_REQUIRED,
    )


def parse_action(payload: Any, *, action: str, requested_amount: Decimal) -> Response:
    """TRANSACTION_{CHARGE,REFUND,CANCELATION}_REQUESTED: with a result, or with a reference alone."""
    response = _object(payload)
    success, failure = ACTION_RESULTS[action]
    if response.get("result") is None:
        return _response(response, result="", requested_amount=requested_amount, reference_required_for=("",))
    return _response(
        response,
        result=_result(response, (success, failure)),
        requested_amount=requested_amount,
        reference_required_for=(success,),
    )


def _object(payload: Any) -> Mapping[str, Any]:
    if not isinstance(payload, Mapping):
        raise InvalidResponse("The answer of the payment app is no JSON object.")
    return payload


def _result(response: Mapping[str, Any], possible: tuple[T, ...]) -> str:
    result = response.get("result")
    if not isinstance(result, str) or result not in possible:
        names = ", ".join(possible)
        raise InvalidResponse(f"Missing or invalid value for `result`. Possible values: {names}.")
    return result


def _response(
    response: Mapping[str, Any],
    *,
    result: str,
    requested_amount: Decimal,
    reference_required_for: tuple[str, ...],
) -> Response:
    return Response(
        result=result,
        amount=_amount(response.get("amount"), requested_amount),
        psp_reference=_reference(response.get("pspReference"), required=result in reference_required_for),
        message=str(response.get("message") or "")[:MAX_MESSAGE_LENGTH],
        actions=_actions(response.get("actions")),
        data=response.get("data"),
        external_url=_url(response.get("externalUrl")),
        time=_time(response.get("time")),
    )


def _reference(given: Any, *, required: bool) -> str:
    if not given and required:
        raise InvalidResponse("Missing value for field: pspReference.")
    if given is not None and (not isinstance(given, str) or len(given) > MAX_REFERENCE_LENGTH):
        raise InvalidResponse("Incorrect value for field: pspReference.")
    return given or ""


def _amount(given: Any, requested: Decimal) -> Decimal:
    """The requested amount unless the app gives another; 0 counts as not given, as in Saleor."""
    if given is None:
        return requested
    try:
        amount = Decimal(str(given)) if isinstance(given, int | float | str) else Decimal("NaN")
    except DecimalException:
        amount = Decimal("NaN")
    if isinstance(given, bool) or not amount.is_finite() or not 0 <= amount < MAX_AMOUNT:
        raise InvalidResponse("Incorrect value for field: amount.")
    return amount or requested


def _actions(given: Any) -> list[str] | None:
    """The known actions, each once; others are ignored."""
    if given is None:
        return None
    if not isinstance(given, list):
        raise InvalidResponse("Incorrect value for field: actions.")
    return [action for action in ACTIONS if action in given]


def _url(given: Any) -> str:
    if not given:
        return ""
    try:
        return parse_http_url(given).text
    except InvalidHttpUrl:
        raise InvalidResponse("Incorrect value for field: externalUrl.") from None


def _time(given: Any) -> datetime | None:
    """ISO 8601 text, or seconds since 1970."""
    try:
        if given is None:
            return None
        if isinstance(given, str):
            found = datetime.fromisoformat(given)
        elif isinstance(given, int | float) and not isinstance(given, bool):
            found = datetime.fromtimestamp(given, UTC)
        else:
            raise ValueError
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        raise InvalidResponse("Incorrect value for field: time.") from None
