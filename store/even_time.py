"""Answers that take the same time whether there is such an account or order, or not."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_least(seconds: float) -> Iterator[None]:
    """What is done inside ends after `seconds` at the earliest, also by an error.

    Long enough for what the longer of the two ways takes, so that the clock of who asks tells nothing. Not inside a
    transaction, which would be held open meanwhile.
    """
    ends = time.monotonic() + seconds
    try:
        yield
    finally:
        time.sleep(max(0.0, ends - time.monotonic()))
