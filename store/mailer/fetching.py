"""What several mails are about, asked for one after another within a limit of time."""

import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from store.saleor.errors import NetworkError

K = TypeVar("K")
V = TypeVar("V")


def fetch_each(keys: Iterable[K], fetch: Callable[[K], V], *, ends_at: float) -> dict[K, V | Exception]:
    """What `fetch` returns or raises for each key: one that can't be read fails no other.

    Keys not begun by `ends_at` (of time.monotonic()) are missing; the first is always asked for. A shop that can't be
    reached for one of them is not asked for the others.
    """
    found: dict[K, V | Exception] = {}
    away: NetworkError | None = None
    for key in dict.fromkeys(keys):
        if away:
            found[key] = away
            continue
        if found and time.monotonic() >= ends_at:
            break
        try:
            found[key] = fetch(key)
        except NetworkError as error:
            found[key] = away = error
        except Exception as error:  # its mail can't be made; the others can
            found[key] = error
    return found
