"""How long a response of the shop holds, so that what was made of it can be kept: whole pages, above all.

A transport that knows it says so in `Response.validity`. `recording` collects what a page was made of.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Protocol

UNTIL_WRITTEN = float("inf")


class Validity(Protocol):
    """Asks the shop whether a response is still what it would answer."""

    def holds_until(self) -> float | None:
        """None when it holds no longer. Otherwise the time (seconds since the epoch) until which it holds, provided
        that nothing is written to the shop's database: UNTIL_WRITTEN, or a time that has come already when the shop
        must be asked each time.
        """


@dataclass(slots=True)
class Recorder:
    """`validities` of the responses so far; not `is_complete` when there was one without, or none at all came back."""

    validities: list[Validity] = field(default_factory=list)
    is_complete: bool = True


_recorder: ContextVar[Recorder | None] = ContextVar("validity recorder", default=None)


@contextmanager
def recording() -> Iterator[Recorder]:
    """Inside, in this thread, the validity of each response is recorded."""
    recorder = Recorder()
    reset_token = _recorder.set(recorder)
    try:
        yield recorder
    finally:
        _recorder.reset(reset_token)


def record(validity: Validity | None) -> None:
    """Called for each response; None for one whose validity is not known, and for none."""
    if (recorder := _recorder.get()) is None:
        return
    if validity is None:
        recorder.is_complete = False
    else:
        recorder.validities.append(validity)
