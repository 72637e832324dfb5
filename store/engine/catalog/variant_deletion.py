"""What packages above do before variants are deleted, whoever deletes them: `stock` locks their places."""

from collections.abc import Callable, Sequence

# Called with primary keys of variants inside the transaction that deletes them, before anything is deleted.
callbacks: list[Callable[[Sequence[int]], None]] = []


def prepare(variant_ids: Sequence[int]) -> None:
    """Run the callbacks, inside the caller's transaction; before it locks anything of the catalogue."""
    for callback in callbacks:
        callback(variant_ids)
