"""One row, locked and read again before it is changed."""

from django.db import models

from store.engine.errors import NotFound


def lock_row(row: models.Model) -> None:
    """Lock the row until the transaction ends and read it again, so that what others saved since it was read stays.

    Whoever changes a row or decides by its values calls this first: a request read the row when it began. Rows that
    refer to it may still be written. Raises NotFound when the row was deleted meanwhile.
    """
    kind = type(row)
    try:
        rows = kind._base_manager.select_for_update(of=("self",), no_key=True)
        row.refresh_from_db(from_queryset=rows)
    except kind.DoesNotExist:  # type: ignore[attr-defined]
        raise NotFound(f"There is no such {kind._meta.verbose_name} any more.", field="id") from None
