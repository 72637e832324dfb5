"""Forgets what was sent when nobody needs it any more; that a mail was sent, when and to whom stays with its row.

Each step deletes some rows in a transaction of its own, so that it never holds up the mails that leave meanwhile.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from store.mailer.mail_classes import MailClass
from store.mailer.models import MailBody, MailWords, MerchantMessage, OrderEvent

BATCH = 500


def forget_old() -> int:
    """Delete bodies, messages of shoppers and planned events older than the settings say; returns how many rows."""
    return sum(_delete_all(rows) for rows in (*_old(), _words_of_no_body()))


def _old() -> Iterator[QuerySet[Any]]:
    if before := _long_ago(settings.MAIL_RETENTION_DAYS):
        others = MailBody.objects.exclude(attempt__plan__mail_class=MailClass.SAFETY)
        yield others.filter(rendered_at__lt=before)
        yield MerchantMessage.objects.filter(received_at__lt=before)
        yield OrderEvent.objects.filter(received_at__lt=before, planned_at__lt=before)
    if before := _long_ago(settings.SAFETY_MAIL_RETENTION_DAYS):
        safety = MailBody.objects.filter(attempt__plan__mail_class=MailClass.SAFETY)
        yield safety.filter(rendered_at__lt=before)


def _words_of_no_body() -> QuerySet[MailWords]:
    return MailWords.objects.filter(~Exists(MailBody.objects.filter(words=OuterRef("pk"))))


def _long_ago(days: int) -> datetime | None:
    """None: nothing is old."""
    return timezone.now() - timedelta(days=days) if days > 0 else None


def _delete_all(rows: QuerySet[Any]) -> int:
    deleted = 0
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic(durable=True):
            locked = [row.pk for row in rows.filter(pk__in=pks).select_for_update().order_by("pk")]
            # Asked again under the lock: words may have got a body meanwhile.
            rows.filter(pk__in=locked).delete()
        deleted += len(pks)
    return deleted
