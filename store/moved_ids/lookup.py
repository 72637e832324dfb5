"""Notes and finds the new id of what was moved."""

from django.conf import settings

from store.moved_ids.models import MovedId


def note(former_id: str, new_id: str, *, shop: str) -> None:
    MovedId.objects.update_or_create(former_id=former_id, defaults={"shop": shop, "new_id": new_id})


def new_id(former_id: str) -> str | None:
    """The id in the shop that the store is connected to; None for what was not moved there."""
    found = MovedId.objects.filter(former_id=former_id, shop=settings.SHOP_ID)
    return found.values_list("new_id", flat=True).first()
