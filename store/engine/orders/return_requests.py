"""The request of a buyer to return something: settled by a return, or closed with an answer.

The storefront writes it to the order's private metadata, where `state.return_asked` finds it. Once settled it stays
there under another key, so that a later request of the same order is a new one.
"""

import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from store.engine import events, ports
from store.engine.errors import OperationError, Required
from store.engine.orders import order_events, queries, request_keys, state
from store.engine.orders.models import Order
from store.saleor.order_return import CLOSED_KEY, METADATA_KEY


def asked_at(order: Order) -> str | None:
    """When the buyer made the request that is open, in ISO 8601; None where there is none."""
    if METADATA_KEY not in order.private_metadata or order.status in state.NOT_OPEN:
        return None
    return str(_read(order).get("at", ""))


def close(*, order_id: UUID, asked_at: str, answer: str, request_key: str | None = None) -> Order:
    """Close the request that was made at `asked_at`; the buyer gets `answer` by mail.

    A `request_key` that was used before does nothing more. Raises NotFound, Required, or OperationError where the
    request is settled already, or the buyer has made another one since.
    """
    with transaction.atomic(durable=True):
        order = queries.lock(order_id)
        if request_keys.first_result(request_key, operation="close_return", target=order.pk) is not None:
            return order
        _check(order, asked_at, answer)
        settle(order, answer=answer)
        order_events.record(
            order_events.build(order, "OTHER", message=f"The request to return is closed: {answer}")
        )
        ports.connected().answer_return(
            order_pk=order.pk,
            number=str(order.number),
            email=order.user_email,
            language=order.language_code,
            asked_at=asked_at,
            answer=answer,
        )
        request_keys.record(request_key, operation="close_return", target=order.pk)
        events.record_event("ORDER_METADATA_UPDATED", kind="Order", pk=order.pk)
    return order


def settle(order: Order, *, answer: str = "") -> None:
    """Note that the open request, if there is one, is dealt with; inside the transaction that has locked the order."""
    if METADATA_KEY not in order.private_metadata:
        return
    closed = _read(order) | {"closed_at": timezone.now().isoformat()} | ({"answer": answer} if answer else {})
    kept = {name: value for name, value in order.private_metadata.items() if name != METADATA_KEY}
    order.private_metadata = kept | {CLOSED_KEY: json.dumps(closed)}
    order.save(update_fields=["private_metadata", "updated_at"])


def _check(order: Order, seen: str, answer: str) -> None:
    if not answer.strip():
        raise Required("Write an answer for the customer.", field="answer")
    current = asked_at(order)
    if current is None:
        raise OperationError("This request is settled already.", field="id", code="INVALID")
    if current != seen:
        message = "The buyer has made another request meanwhile. Read it, then answer."
        raise OperationError(message, field="asked_at", code="INVALID")


def _read(order: Order) -> dict[str, Any]:
    """The stored request; empty where an app has written something else there."""
    try:
        found = json.loads(order.private_metadata[METADATA_KEY])
    except (TypeError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
