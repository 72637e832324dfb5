"""Queries of vouchers, for staff."""

from typing import Any

from django.db.models import F, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from store.engine.channels.models import Channel
from store.engine.discounts.models import Voucher, VoucherChannelListing, VoucherCode
from store.engine.graphql.checkout.lookup import int_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, has_metadata, ids_in, in_range
from store.engine.graphql.registry import Info
from store.engine.graphql.registry import query as query_field

MANAGE_DISCOUNTS = "MANAGE_DISCOUNTS"


@query_field(permissions=MANAGE_DISCOUNTS)
def voucher(info: Info, *, id: str, channel: str | None = None) -> Voucher | None:
    found = Voucher.objects.filter(pk=int_of(id, "Voucher"))
    if channel:
        found = found.filter(channel_listings__channel__slug=channel)
    return found.first()


def _any_status(statuses: list[str]) -> Q:
    condition = Q(pk__in=[])
    for status in statuses:
        condition |= _status(status)
    return condition


def _found(words: str) -> Q:
    coded = VoucherCode.objects.filter(code__icontains=words.strip()).values("voucher")
    return Q(name__icontains=words.strip()) | Q(pk__in=coded)


def _any_type(types: list[str]) -> Q:
    """By fixed amount, by percentage, or on shipping, which is both."""
    value_types = [name for name in types if name != "SHIPPING"]
    condition = Q(discount_value_type__in=value_types)
    return condition | Q(type="SHIPPING") if "SHIPPING" in types else condition


VOUCHERS = ListArguments(
    columns={
        "ids": ids_in("pk", Voucher),
        "metadata": has_metadata,
        "started": in_range("start_date"),
        "times_used": in_range("all_used"),
        "discount_type": _any_type,
        "status": _any_status,
        "search": _found,
    },
    sort={
        "CODE": ("a_code",),
        "NAME": ("name",),
        "START_DATE": ("start_date",),
        "END_DATE": ("end_date",),
        "VALUE": ("value", "name"),
        "TYPE": ("type",),
        "USAGE_LIMIT": ("usage_limit",),
        "MINIMUM_SPENT_AMOUNT": ("least", "name"),
    },
)


@query_field(permissions=MANAGE_DISCOUNTS)
def vouchers(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    query: str | None = None,
    channel: str | None = None,
    sort_by: dict[str, str] | None = None,
    **paging: Any,
) -> Connection:
    slug = channel or (sort_by or {}).get("channel")
    channel_row = Channel.objects.filter(slug=slug).first() if slug else None
    rows = _with_sort_values(Voucher.objects.all(), channel_row)
    if slug:
        rows = rows.filter(channel_listings__channel=channel_row)
    rows = rows.filter(VOUCHERS.where(filter) & VOUCHERS.where({"search": query}))
    return connect(rows, order=VOUCHERS.order(sort_by, default=("name",)), channel=channel_row, **paging)


def _with_sort_values(rows: QuerySet[Voucher], channel: Channel | None) -> QuerySet[Voucher]:
    """With the uses of all codes, the first code, and value and minimum in the channel (else the lowest of all)."""
    used = VoucherCode.objects.filter(voucher=OuterRef("pk")).order_by().values("voucher")
    listings = VoucherChannelListing.objects.filter(voucher=OuterRef("pk")).order_by()
    listed = (listings.filter(channel=channel) if channel else listings).values("voucher")
    return rows.annotate(
        all_used=Coalesce(
            Subquery(used.annotate(all=Sum("used")).values("all"), output_field=IntegerField()), 0
        ),
        a_code=Subquery(used.annotate(first=Min("code")).values("first")),
        value=Subquery(listed.annotate(lowest=Min("discount_value")).values("lowest")),
        least=Subquery(listed.annotate(lowest=Min("min_spent_amount")).values("lowest")),
    )


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
