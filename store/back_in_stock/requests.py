"""Asks, confirms and stops. Nobody learns from the answers whether an address waits for something."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from store.back_in_stock.models import StockRequest
from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.models import LEASED, MailPlan
from store.mailer.shops import current_shop

MOST_UNCONFIRMED = 5  # of an address: nobody fills the mailbox of another with mails to confirm
KINDS = (Kind.STOCK_CONFIRMATION, Kind.STOCK_NOTICE)
CONFIRM_WITHIN = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """`channel`: its slug; `language`: of the mails, such as "de"; `sku`: "" if it has none."""

    channel: str
    variant_id: str
    sku: str
    product_slug: str
    email: str
    language: str


def ask(wanted: Wanted) -> None:
    """Plan the mail to confirm, at most once a day for a variant; nothing where the address waits for it already."""
    with transaction.atomic(durable=True):
        row, is_new = _stored(wanted)
        if row.confirmed_at is None and (is_new or not _is_full(row)):
            _plan_confirmation(row)


def _stored(wanted: Wanted) -> tuple[StockRequest, bool]:
    email = wanted.email.strip().lower()
    key = {
        "shop": current_shop(),
        "channel": wanted.channel,
        "variant_id": wanted.variant_id,
        "email": email,
    }
    unsaved = StockRequest(**key, sku=wanted.sku, product_slug=wanted.product_slug, language=wanted.language)
    known = StockRequest.objects.filter(**key).first()
    if known or _is_full(unsaved):
        return known or unsaved, False
    return StockRequest.objects.get_or_create(
        **key,
        defaults={
            "sku": wanted.sku,
            "product_slug": wanted.product_slug,
            "language": wanted.language,
        },
    )


def _is_full(row: StockRequest) -> bool:
    others = StockRequest.objects.filter(shop=row.shop, email=row.email, confirmed_at=None)
    return others.exclude(pk=row.pk).count() >= MOST_UNCONFIRMED


def _plan_confirmation(row: StockRequest) -> None:
    plan = planning.plan_for_address(
        Kind.STOCK_CONFIRMATION,
        key=f"stock-confirmation:{row.pk}:{timezone.now():%Y-%m-%d}",
        about=str(row.pk),
        recipient=row.email,
        lang=row.language,
    )
    if plan:
        # Its link is good for as long as that of the first mail.
        StockRequest.objects.filter(pk=row.pk).update(asked_at=timezone.now())
        enqueue.enqueue_on_commit(plan)


def notice_key(row: StockRequest) -> str:
    """Of the mail that was planned last."""
    return f"stock:{row.pk}:{row.notices}"


def find(request_id: int) -> StockRequest | None:
    return StockRequest.objects.filter(pk=request_id, shop=current_shop()).first()


def confirm(request_id: int) -> bool:
    """From now on it waits. False for one that is gone; any number of calls change nothing more."""
    with transaction.atomic(durable=True):
        row = StockRequest.objects.select_for_update().filter(pk=request_id, shop=current_shop()).first()
        if row and row.confirmed_at is None:
            row.confirmed_at = timezone.now()
            row.save(update_fields=["confirmed_at"])
    return row is not None


def stop(request_id: int) -> None:
    """Forget it, with the records of its mails. One that was planned is not sent."""
    with transaction.atomic(durable=True):
        StockRequest.objects.filter(pk=request_id, shop=current_shop()).delete()
        plans = MailPlan.objects.filter(shop=current_shop(), kind__in=KINDS, about=str(request_id))
        plans.exclude(state__in=LEASED).delete()
