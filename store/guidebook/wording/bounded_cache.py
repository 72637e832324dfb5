"""A cache of what was found in short texts, bounded in bytes: what is long is worked out anew each time."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


def cache_of_short_texts(maxsize: int, longest: int = 2000) -> Callable[[Function], Function]:
    """`lru_cache(maxsize)` for calls, by position only, whose strings have at most `longest` letters together.

    So a cache of texts holds at most `maxsize * longest` letters, however long a text somebody saves.
    """

    def decorate(function: Function) -> Function:
        kept = lru_cache(maxsize=maxsize)(function)

        @wraps(function)
        def call(*args: Any) -> Any:
            letters = 0
            for arg in args:
                if isinstance(arg, str):
                    letters += len(arg)
            return kept(*args) if letters <= longest else function(*args)

        return call  # type: ignore[return-value]  # of the same signature, without keywords

    return decorate
