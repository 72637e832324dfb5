"""Reviews follow their order lines to another shop."""

from collections.abc import Mapping

from django.db import transaction

from store.reviews import published
from store.reviews.models import Review


def follow(former_shop: str, shop: str, ids: Mapping[str, str], *, number: str) -> int:
    """Returns how many reviews went along. It can be repeated.

    ids: new id by former id, of one order and its lines. number: of the order in `shop`. A line that has been reviewed
    anew in `shop` keeps that review.
    """
    with transaction.atomic(durable=True):
        reviewed = Review.objects.filter(shop=shop, line_id__in=ids.values()).values_list(
            "line_id", flat=True
        )
        lines = {former: new for former, new in ids.items() if new not in set(reviewed)}
        rows = Review.objects.select_for_update().filter(shop=former_shop, line_id__in=lines)
        moved = list(rows.order_by("pk"))
        for row in moved:
            row.shop, row.line_id, row.order_number = shop, lines[row.line_id], number
            row.order_id = ids.get(row.order_id, row.order_id)
            row.save(update_fields=["shop", "line_id", "order_number", "order_id"])
        if any(row.state == Review.State.APPROVED for row in moved):
            published.changed()
    return len(moved)
