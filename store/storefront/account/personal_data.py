"""What parts of the shop beside the commerce API keep of an e-mail address, for its owner.

docs/personal-data.md has every place, with what becomes of it and why.
"""

from typing import Any

from django.db import transaction

from store.back_in_stock import privacy as stock_requests
from store.reviews import privacy as reviews


def export(email: str) -> dict[str, Any]:
    return {"reviews": reviews.export(email), "waitingForStock": stock_requests.export(email)}


def forget(email: str) -> None:
    """Delete it; joins the caller's transaction if there is one."""
    with transaction.atomic():
        reviews.forget(email)
        stock_requests.forget(email)
