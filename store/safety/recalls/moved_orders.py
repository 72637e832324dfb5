"""Recalls follow their orders to another shop, where an order, its lines and the place in the list have other ids."""

from collections.abc import Mapping

from django.db import transaction

from store.mailer.models import MailPlan
from store.safety.models import Recall, RecalledLine, RecallRecipient
from store.safety.recalls.scan import key_without_address


def follow(former_id: str, new_id: str, *, number: str, lines: Mapping[str, str]) -> None:
    """Whom a recall has found in this order is found under its new ids, so that no scan finds them a second time.

    lines: new id of a line by its former id; it can be repeated
    """
    with transaction.atomic(durable=True):
        for recall in Recall.objects.select_for_update().filter(state=Recall.State.OPEN).order_by("pk"):
            recall.scan_cursor, recall.scanned_at = "", None  # a place in the list of the former shop
            recall.save(update_fields=["scan_cursor", "scanned_at"])
        for model in (RecallRecipient, RecalledLine):
            model.objects.filter(order_id=former_id).update(order_id=new_id, order_number=number)
        for former_line, new_line in lines.items():
            RecalledLine.objects.filter(order_id=new_id, line_id=former_line).update(line_id=new_line)
        _rename_without_address(key_without_address(former_id), key_without_address(new_id))


def _rename_without_address(former: str, new: str) -> None:
    """The recipient of an order without address is known by the order; its mail finds it by the same key."""
    for recipient in RecallRecipient.objects.filter(key=former):
        MailPlan.objects.filter(about=f"{recipient.recall_id}:{former}").update(
            about=f"{recipient.recall_id}:{new}"
        )
        recipient.key = new
        recipient.save(update_fields=["key"])
