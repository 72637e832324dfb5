"""Who is at it just now: the user or app whose request is being served. Facts remember it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Principal:
    """`kind` is "User", "App" or, for a guest, empty."""

    kind: str = ""
    pk: str = ""


NOBODY = Principal()
_current: ContextVar[Principal] = ContextVar("principal", default=NOBODY)


def current() -> Principal:
    return _current.get()


@contextmanager
def acting_as(kind: str, pk: object) -> Iterator[None]:
    token = _current.set(Principal(kind, str(pk)) if kind else NOBODY)
    try:
        yield
    finally:
        _current.reset(token)
