"""Looks at what is waited for, plans the mails, and forgets. Any number of sweeps may run at once."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from store.back_in_stock import availability
from store.back_in_stock.models import StockRequest
from store.back_in_stock.requests import CONFIRM_WITHIN, KINDS, notice_key
from store.mailer import enqueue, planning
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan, State
from store.mailer.shops import current_shop
from store.mailer.stock_notices import RECORDS_STAY
from store.saleor.errors import SaleorError

log = logging.getLogger(__name__)
WAITS_FOR = timedelta(days=180)  # then nobody expects the mail any more
NOT_SENT = (State.CANCELLED, State.EXPIRED)
# No other mail follows these; who waits longer can ask again.
ENDED = (State.SENT, State.FAILED, State.UNREACHED)
UNKNOWN_FOR = timedelta(days=1)  # then no report comes that says whether the mail was accepted


def run() -> int:
    """Plan the mails of all that can be ordered again; returns how many."""
    settle()
    waiting: dict[str, set[str]] = defaultdict(set)
    for channel, variant_id in _waiting().values_list("channel", "variant_id").distinct():
        waiting[channel].add(variant_id)
    return sum(_look_at(channel, sorted(ids)) for channel, ids in waiting.items())


def _waiting() -> QuerySet[StockRequest]:
    return StockRequest.objects.filter(shop=current_shop(), noticed_at=None).exclude(confirmed_at=None)


def _look_at(channel: str, ids: list[str]) -> int:
    try:
        found = availability.ask(ids, channel=channel, language="en")
    except SaleorError as error:  # the next sweep asks again
        log.warning("the shop did not say what is in stock in %s: %s", channel, error)
        return 0
    back = [variant_id for variant_id, now in found.items() if now.can_be_ordered]
    rows = _waiting().filter(channel=channel, variant_id__in=back).order_by("confirmed_at", "pk")
    return sum(_plan_notice(pk) for pk in list(rows.values_list("pk", flat=True)))


def _plan_notice(pk: int) -> bool:
    with transaction.atomic(durable=True):
        row = _waiting().select_for_update().filter(pk=pk).first()
        if row is None:
            return False
        row.noticed_at, row.notices = timezone.now(), row.notices + 1
        row.save(update_fields=["noticed_at", "notices"])
        plan = planning.plan_for_address(
            Kind.STOCK_NOTICE,
            key=notice_key(row),
            about=str(row.pk),
            recipient=row.email,
            lang=row.language,
        )
        if plan:
            enqueue.enqueue_on_commit(plan)
    return plan is not None


def settle() -> None:
    """Forget who was told or can't be; let wait on whose mail was not sent because it was sold out again."""
    rows = list(StockRequest.objects.filter(shop=current_shop()).exclude(noticed_at=None))
    states = dict(_plans(notice_key(row) for row in rows).values_list("plan_key", "state"))
    for row in rows:
        # Another sweep may have settled this notice and planned the next one since.
        same = StockRequest.objects.filter(pk=row.pk, notices=row.notices)
        state = states.get(notice_key(row))
        if state in ENDED or (state == State.AMBIGUOUS and _is_unknown_for_long(row)):
            same.delete()
        elif state in NOT_SENT:
            same.update(noticed_at=None)


def _is_unknown_for_long(row: StockRequest) -> bool:
    return row.noticed_at is not None and row.noticed_at < timezone.now() - UNKNOWN_FOR


def _plans(keys: Iterable[str]) -> QuerySet[MailPlan]:
    return MailPlan.objects.filter(shop=current_shop(), plan_key__in=list(keys))


def forget_old() -> int:
    """Delete what was never confirmed, what waits too long, and the records of mails; returns how many rows."""
    now = timezone.now()
    unconfirmed = Q(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN)
    requests, _ = StockRequest.objects.filter(unconfirmed | Q(asked_at__lt=now - WAITS_FOR)).delete()
    done = (*ENDED, *NOT_SENT, State.AMBIGUOUS)
    old = MailPlan.objects.filter(kind__in=KINDS, state__in=done, created_at__lt=now - RECORDS_STAY)
    mails, _ = old.delete()
    return requests + mails
