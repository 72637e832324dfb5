"""Queries of vouchers, for staff."""

from typing import Any

from django.db.models import F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.discounts.models import Voucher, VoucherCode
from store.engine.graphql.checkout.lookup import int_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.registry import Info, query

MANAGE_DISCOUNTS = "MANAGE_DISCOUNTS"
SORT_COLUMNS = {
    "CODE": "a_code",
    "NAME": "name",
    "START_DATE": "start_date",
    "END_DATE": "end_date",
    "VALUE": "name",
    "TYPE": "type",
    "USAGE_LIMIT": "usage_limit",
    "MINIMUM_SPENT_AMOUNT": "name",
}


@query(permissions=MANAGE_DISCOUNTS)
def voucher(info: Info, *, id: str, channel: str | None = None) -> Voucher | None:
    found = Voucher.objects.filter(pk=int_of(id, "Voucher"))
    if channel:
        found = found.filter(channel_listings__channel__slug=channel)
    return found.first()


@query(permissions=MANAGE_DISCOUNTS)
def vouchers(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    channel: str | None = None,
    sort_by: dict[str, str] | None = None,
    **paging: Any,
) -> Connection:
    rows = Voucher.objects.all()
    channel_row = Channel.objects.filter(slug=channel).first() if channel else None
    if channel:
        rows = rows.filter(channel_listings__channel=channel_row)
    rows = _filtered(rows, filter or {}).annotate(a_code=Min("codes__code"))
    sign = "-" if sort_by and sort_by["direction"] == "DESC" else ""
    return connect(
        rows,
        order=(f"{sign}{SORT_COLUMNS[sort_by['field']]}" if sort_by else "name",),
        channel=channel_row,
        **paging,
    )


def _filtered(rows: QuerySet[Voucher], given: dict[str, Any]) -> QuerySet[Voucher]:
    if words := (given.get("search") or "").strip():
        coded = VoucherCode.objects.filter(code__icontains=words).values("voucher")
        rows = rows.filter(Q(name__icontains=words) | Q(pk__in=coded))
    if statuses := given.get("status"):
        condition = Q(pk__in=[])
        for status in statuses:
            condition |= _status(status)
        codes = VoucherCode.objects.filter(voucher=OuterRef("pk")).order_by().values("voucher")
        total = codes.annotate(all=Sum("used")).values("all")
        rows = rows.annotate(all_used=Subquery(total, output_field=IntegerField())).filter(condition)
    return rows


def _status(status: str) -> Q:
    now = timezone.now()
    ended = Q(end_date__lt=now) | Q(usage_limit__lte=F("all_used"))
    match status:
        case "SCHEDULED":
            return Q(start_date__gt=now)
        case "EXPIRED":
            return Q(start_date__lt=now) & ended
    open_end = Q(end_date=None) | Q(end_date__gte=now)
    uses_left = Q(usage_limit=None) | Q(all_used=None) | Q(usage_limit__gt=F("all_used"))
    return Q(start_date__lte=now) & open_end & uses_left
