"""Words that others may hang on any row: public ones, readable by whoever reads the row, and private ones."""

from collections.abc import Iterable, Mapping

from django.db import models


class WithMetadata(models.Model):
    """Abstract. Keys and values are text, as in Saleor."""

    metadata = models.JSONField(default=dict, blank=True)
    private_metadata = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True


def as_mapping(pairs: Iterable[Mapping[str, str]] | Mapping[str, str] | None) -> dict[str, str]:
    """`[{"key": …, "value": …}]`, as clients send it, or a plain mapping, as a mapping."""
    if isinstance(pairs, Mapping):
        return dict(pairs)
    return {pair["key"]: pair["value"] for pair in pairs or ()}
