"""Who waits for stock goes on waiting in another shop, where variants have other ids."""

from collections.abc import Mapping

from django.db import transaction

from store.back_in_stock.models import StockRequest
from store.back_in_stock.requests import KINDS
from store.mailer.models import LEASED, MailPlan


def follow(former_shop: str, shop: str, variants: Mapping[str, str]) -> int:
    """Returns how many requests stayed in the former shop; it can be repeated.

    variants: ids in `shop` by SKU. One stays whose variant was not moved, or whose mail is just being sent.
    """
    rows = StockRequest.objects.filter(shop=former_shop).values_list("pk", "sku")
    return sum(not (sku in variants and _move(pk, shop, variants[sku])) for pk, sku in list(rows))


def _move(pk: int, shop: str, variant_id: str) -> bool:
    with transaction.atomic(durable=True):
        row = StockRequest.objects.select_for_update().filter(pk=pk).first()
        if row is None:  # stopped meanwhile
            return True
        plans = MailPlan.objects.filter(shop=row.shop, kind__in=KINDS, about=str(pk))
        if any(plan.state in LEASED for plan in plans.select_for_update().order_by("pk")):
            return False
        same = StockRequest.objects.select_for_update().filter(
            shop=shop, channel=row.channel, variant_id=variant_id, email=row.email
        )
        if asked_anew := same.first():
            asked_anew.confirmed_at = asked_anew.confirmed_at or row.confirmed_at
            asked_anew.save(update_fields=["confirmed_at"])
            plans.delete()
            row.delete()
            return True
        plans.update(shop=shop)
        row.shop, row.variant_id = shop, variant_id
        row.save(update_fields=["shop", "variant_id"])
    return True
