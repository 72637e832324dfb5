"""Who takes an app's answer to a request that waited in the outbox, such as a refund it was asked for.

    answers.register("TRANSACTION_REFUND_REQUESTED", paying.answered)

The room that asks registers when the program starts. Called in the transaction that notes the attempt: the answer
and the note stand together or not at all.
"""

from collections.abc import Callable
from typing import Any

from store.engine.events.models import Event

Take = Callable[[Event, Any], None]
_takers: dict[str, Take] = {}


def register(event_type: str, take: Take) -> None:
    """`take(event, answer)`; the answer is what the JSON said, None when there was none."""
    _takers[event_type] = take


def tell(event: Event, answer: Any) -> None:
    if take := _takers.get(event.type):
        take(event, answer)
