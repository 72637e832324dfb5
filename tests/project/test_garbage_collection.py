"""What Python's collector looks at once a process serves."""

import gc
from collections.abc import Iterator

import pytest

from store import garbage_collection


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_was_there_at_the_start_delays_no_look_at_what_came_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A look at all objects comes only when the new ones are a quarter of the old: the first are no longer counted."""
    monkeypatch.setattr(garbage_collection, "SERVING", (100, 10, 10))
    first = [[number] for number in range(200_000)]
    garbage_collection.keep_what_is_loaded()
    collections = gc.get_stats()[2]["collections"]
    later = [[number] for number in range(30_000)]
    assert gc.get_stats()[2]["collections"] > collections
    assert (len(first), len(later)) == (200_000, 30_000)
    assert gc.get_freeze_count() > len(first)
