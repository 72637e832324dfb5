"""Reading what a payment app answered: Saleor's protocol, checked field by field. Raises BadAnswer."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, DecimalException
from typing import Any
from urllib.parse import urlsplit

from store.engine.payments.gateways import BadAnswer, Response
from store.engine.payments.models import EventType as T

ACTIONS = ("CHARGE", "REFUND", "CANCEL")
LONGEST_MESSAGE = 512
LONGEST_REFERENCE = 512
MOST = Decimal(10) ** 9
NEEDS_REFERENCE = (T.AUTHORIZATION_SUCCESS, T.CHARGE_SUCCESS, T.AUTHORIZATION_REQUEST, T.CHARGE_REQUEST)
OF_SESSION = (
    *NEEDS_REFERENCE,
    T.AUTHORIZATION_FAILURE,
    T.CHARGE_FAILURE,
    T.AUTHORIZATION_ACTION_REQUIRED,
    T.CHARGE_ACTION_REQUIRED,
    T.CANCEL_SUCCESS,
)
OF_REQUEST = {
    "CHARGE": (T.CHARGE_SUCCESS, T.CHARGE_FAILURE),
    "REFUND": (T.REFUND_SUCCESS, T.REFUND_FAILURE),
    "CANCEL": (T.CANCEL_SUCCESS, T.CANCEL_FAILURE),
}


def of_opening(answer: Any) -> Any:
    """PAYMENT_GATEWAY_INITIALIZE_SESSION: `{data}`; an empty answer is fine, and says that nothing is needed."""
    if not answer:
        return None
    if not isinstance(answer, Mapping) or "data" not in answer:
        raise BadAnswer("The payment app did not answer with `data`.")
    return answer["data"]


def of_session(answer: Any, *, asked: Decimal) -> Response:
    """TRANSACTION_INITIALIZE_SESSION and TRANSACTION_PROCESS_SESSION."""
    given = _object(answer)
    return _response(given, result=_result(given, OF_SESSION), asked=asked, needs=NEEDS_REFERENCE)


def of_request(answer: Any, *, action: str, asked: Decimal) -> Response:
    """TRANSACTION_{CHARGE,REFUND,CANCELATION}_REQUESTED: with a result, or with a reference alone."""
    given = _object(answer)
    success, failure = OF_REQUEST[action]
    if given.get("result") is None:
        return _response(given, result="", asked=asked, needs=("",))
    return _response(given, result=_result(given, (success, failure)), asked=asked, needs=(success,))


def _object(answer: Any) -> Mapping[str, Any]:
    if not isinstance(answer, Mapping):
        raise BadAnswer("The answer of the payment app is no JSON object.")
    return answer


def _result(given: Mapping[str, Any], possible: tuple[T, ...]) -> str:
    result = given.get("result")
    if not isinstance(result, str) or result not in possible:
        names = ", ".join(possible)
        raise BadAnswer(f"Missing or invalid value for `result`. Possible values: {names}.")
    return result


def _response(given: Mapping[str, Any], *, result: str, asked: Decimal, needs: tuple[str, ...]) -> Response:
    return Response(
        result=result,
        amount=_amount(given.get("amount"), asked),
        psp_reference=_reference(given.get("pspReference"), needed=result in needs),
        message=str(given.get("message") or "")[:LONGEST_MESSAGE],
        actions=_actions(given.get("actions")),
        data=given.get("data"),
        external_url=_url(given.get("externalUrl")),
        time=_time(given.get("time")),
    )


def _reference(given: Any, *, needed: bool) -> str:
    if not given and needed:
        raise BadAnswer("Missing value for field: pspReference.")
    if given is not None and (not isinstance(given, str) or len(given) > LONGEST_REFERENCE):
        raise BadAnswer("Incorrect value for field: pspReference.")
    return given or ""


def _amount(given: Any, asked: Decimal) -> Decimal:
    """What was asked for, unless the app says another amount; 0 counts as saying none, as in Saleor."""
    if given is None:
        return asked
    try:
        amount = Decimal(str(given)) if isinstance(given, int | float | str) else Decimal("NaN")
    except DecimalException:
        amount = Decimal("NaN")
    if isinstance(given, bool) or not amount.is_finite() or not 0 <= amount < MOST:
        raise BadAnswer("Incorrect value for field: amount.")
    return amount or asked


def _actions(given: Any) -> list[str] | None:
    """Those we know, once each; others are left out."""
    if given is None:
        return None
    if not isinstance(given, list):
        raise BadAnswer("Incorrect value for field: actions.")
    return [one for one in ACTIONS if one in given]


def _url(given: Any) -> str:
    if not given:
        return ""
    try:
        parts = urlsplit(given) if isinstance(given, str) and len(given) <= 2048 else None
        fine = parts is not None and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        fine = False
    if not fine:
        raise BadAnswer("Incorrect value for field: externalUrl.")
    return str(given)


def _time(given: Any) -> datetime | None:
    """ISO 8601 text or seconds since 1970."""
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
        raise BadAnswer("Incorrect value for field: time.") from None
