"""The `metadata` and `private_metadata` columns that most models carry. Changed by `metadata_operations`."""

from collections.abc import Iterable, Mapping

from django.db import models


class WithMetadata(models.Model):
    """Abstract model with metadata; keys and values are text, as in Saleor.

    Whoever may read the row may read `metadata`; `private_metadata` needs the row's permission.
    """

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


def as_mapping(pairs: Iterable[Mapping[str, str]] | Mapping[str, str] | None) -> dict[str, str]:
    """Metadata as a mapping, from `[{"key": …, "value": …}]` as clients send it, or from a plain mapping."""
    if isinstance(pairs, Mapping):
        return dict(pairs)
    return {pair["key"]: pair["value"] for pair in pairs or ()}
