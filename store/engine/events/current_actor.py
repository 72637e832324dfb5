"""Who is at it just now: the user or app whose request is being served. Facts remember it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """`kind` is "User", "App" or, for a guest, empty."""

    kind: str = ""
    pk: str = ""


NOBODY = Principal()
_current: ContextVar[Callable[[], Principal]] = ContextVar("principal", default=lambda: NOBODY)


def current() -> Principal:
    return _current.get()()


@contextmanager
def acting_as(whom: Callable[[], Principal]) -> Iterator[None]:
    """`whom` is asked only when a fact is recorded: most requests record none."""
    token = _current.set(whom)
    try:
        yield
    finally:
        _current.reset(token)
