"""Is mine affected? By the lot that is printed on the product, or by the number of the order."""

from enum import StrEnum

from store.safety.models import Recall, RecalledLine, RecallItem
from store.safety.recalls.notice import approved


class Found(StrEnum):
    AFFECTED = "affected"
    NOT_AFFECTED = "not_affected"
    NOT_YET_KNOWN = "not_yet_known"  # the orders are still being read


def by_lot(code: str) -> list[Recall]:
    """The recalls of this lot, however it is written."""
    items = RecallItem.objects.filter(lot_code__iexact=code.strip()).exclude(lot_code="")
    return list(approved().filter(pk__in=items.values("recall")).order_by("pk"))


def by_order_number(number: str) -> list[Recall]:
    """The recalls that concern something of this order."""
    lines = RecalledLine.objects.filter(order_number=number.strip().lstrip("#"))
    return list(approved().filter(pk__in=lines.values("recipient__recall")).order_by("pk"))


def answer_for(*, lot: str, order_number: str) -> tuple[Found, list[Recall]]:
    """What the page says; `lot` and `order_number` may be ""."""
    recalls = {recall.pk: recall for recall in by_lot(lot)} if lot.strip() else {}
    if order_number.strip():
        recalls |= {recall.pk: recall for recall in by_order_number(order_number)}
    if recalls:
        return Found.AFFECTED, list(recalls.values())
    still_read = Recall.objects.filter(state=Recall.State.OPEN, scanned_at=None).exists()
    return (Found.NOT_YET_KNOWN if order_number.strip() and still_read else Found.NOT_AFFECTED), []


def has_open_recall(order_id: str) -> bool:
    """Is something of this order recalled at the moment?"""
    lines = RecalledLine.objects.filter(order_id=order_id, recipient__recall__state=Recall.State.OPEN)
    return bool(order_id) and lines.exists()
