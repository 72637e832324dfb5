"""Recalls follow their orders to another shop."""

from store.safety.models import RecalledLine, RecallRecipient


def follow(former_id: str, new_id: str, *, number: str) -> None:
    """Whom a recall has found in this order is found under its new id and number."""
    for model in (RecallRecipient, RecalledLine):
        model.objects.filter(order_id=former_id).update(order_id=new_id, order_number=number)
