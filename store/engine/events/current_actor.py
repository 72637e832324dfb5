"""The user or app whose request is being served, as a context variable. Recorded events store it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is "User", "App" or, for a guest, empty; `pk` is the row's primary key as text."""

    kind: str = ""
    pk: str = ""


ANONYMOUS = Actor()
_current: ContextVar[Callable[[], Actor]] = ContextVar("actor", default=lambda: ANONYMOUS)


def current() -> Actor:
    return _current.get()()


@contextmanager
def acting_as(get_actor: Callable[[], Actor]) -> Iterator[None]:
    """Set the actor for the block. `get_actor` is called only when an event is recorded: most requests record none."""
    token = _current.set(get_actor)
    try:
        yield
    finally:
        _current.reset(token)
