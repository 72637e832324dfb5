"""The waiting requests of an address, in whichever shop, for the owner of the address."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from store.back_in_stock.models import StockRequest
from store.back_in_stock.requests import KINDS
from store.mailer.models import LEASED, MailPlan


def export(email: str) -> list[dict[str, Any]]:
    return [
        {"channel": row.channel, "sku": row.sku, "product": row.product_slug, "language": row.language}
        | {"asked_at": row.asked_at.isoformat(), "is_confirmed": row.confirmed_at is not None}
        for row in _of(email).order_by("pk")
    ]


def forget(email: str) -> int:
    """Delete all requests of the address with the records of their mails, but of one that leaves at this moment;
    returns how many requests. Joins the caller's transaction if there is one.
    """
    with transaction.atomic():
        pks = list(_of(email).order_by("pk").values_list("pk", flat=True))
        plans = MailPlan.objects.filter(kind__in=KINDS, about__in=[str(pk) for pk in pks])
        plans.filter(recipient__iexact=email.strip()).exclude(state__in=LEASED).delete()
        deleted, _ = StockRequest.objects.filter(pk__in=pks).delete()
    return deleted


def _of(email: str) -> QuerySet[StockRequest]:
    return StockRequest.objects.filter(email=email.strip().lower())
