"""Figures for the merchant: sales by day and by item, stock cover, returns by lot. Each as a chart and as CSV.

All figures are read when they are asked for, each in one or two statements. Amounts are in the currency of the channel.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from store.bar_charts import Bar, bars
from store.channel_limits import Channels, channels_of, within
from store.engine.admin.base import ReadOnlyAdmin
from store.engine.money import quantize
from store.engine.orders.models import FulfillmentLine, Order, OrderLine, OrderStatus
from store.engine.stock.models import Stock
from store.saleor.order_state import RETURNED_STATUSES
from store.spreadsheet_cells import to_csv

DAYS = 30
RETURN_DAYS = 365
MAX_BARS = 20
NOT_SOLD = (OrderStatus.DRAFT, OrderStatus.CANCELED, OrderStatus.EXPIRED)


@dataclass(frozen=True, slots=True)
class Report:
    """`rows` are what the CSV holds, the names of the columns first; `bars` are the chart."""

    key: str
    title: str
    words: str
    rows: Sequence[Sequence[Any]]
    bars: Sequence[Bar]


def sold(channels: Channels) -> QuerySet[Order]:
    return within(Order.objects.exclude(status__in=NOT_SOLD), channels)


def sales_by_day(channels: Channels) -> Report:
    """Orders and sums of the last days, the days without a sale included."""
    first = timezone.localdate() - timedelta(days=DAYS - 1)
    found: dict[tuple[str, date], tuple[int, Decimal]] = {
        (row["currency"], row["day"]): (row["n"], quantize(row["total"], row["currency"]))
        for row in sold(channels)
        .filter(created_at__date__gte=first)
        .annotate(day=TruncDate("created_at"))
        .order_by()
        .values("currency", "day")
        .annotate(n=Count("pk"), total=Sum("total_gross_amount"))
    }
    currencies = sorted({currency for currency, _ in found})
    days = [first + timedelta(days=number) for number in range(DAYS)]
    rows = [
        (day.isoformat(), currency, *found.get((currency, day), (0, quantize(Decimal(0), currency))))
        for currency in currencies
        for day in days
    ]
    charted = bars(
        [
            (f"{day:%-d %b}", f"{total} {currency}", total)
            for text, currency, _, total in rows
            for day in [date.fromisoformat(text)]
        ]
    )
    words = f"The last {DAYS} days, orders as they were placed, with tax and delivery."
    return Report("sales", "Sales by day", words, [("day", "currency", "orders", "total"), *rows], charted)


def sales_by_item(channels: Channels) -> Report:
    """Pieces and sums by SKU of the last days, the most sold first."""
    since = timezone.now() - timedelta(days=DAYS)
    lines = OrderLine.objects.filter(order__in=sold(channels).filter(created_at__gte=since)).order_by()
    found = (
        lines.values("product_sku", "product_name", "variant_name", "currency")
        .annotate(pieces=Sum("quantity"), total=Sum("total_price_gross_amount"))
        .order_by("-pieces", "product_sku")
    )
    rows = [
        (
            row["product_sku"] or "",
            row["product_name"],
            row["variant_name"],
            row["currency"],
            row["pieces"],
            quantize(row["total"], row["currency"]),
        )
        for row in found
    ]
    charted = bars([(f"{row[1]}, {row[2]}", f"{row[4]}", row[4]) for row in rows[:MAX_BARS]])
    head = ("sku", "product", "variant", "currency", "pieces", "total")
    return Report(
        "items", "Sales by item", f"Pieces ordered in the last {DAYS} days.", [head, *rows], charted
    )


def stock_cover(channels: Channels) -> Report:
    """For how many days the free pieces last at the pace of the last days, the shortest first."""
    since = timezone.now() - timedelta(days=DAYS)
    lines = OrderLine.objects.filter(order__in=sold(channels).filter(created_at__gte=since)).order_by()
    pace: dict[int, int] = dict(
        lines.exclude(variant=None).values_list("variant_id").annotate(Sum("quantity"))
    )
    stocks = (
        Stock.objects.filter(variant__in=pace)
        .order_by()
        .values("variant_id", "variant__sku", "variant__product__name")
        .annotate(free=Sum(F("quantity") - F("quantity_allocated")))
    )
    rows = sorted(
        (
            (
                row["variant__sku"] or "",
                row["variant__product__name"],
                max(row["free"], 0),
                pace[row["variant_id"]],
                max(row["free"], 0) * DAYS // pace[row["variant_id"]],
            )
            for row in stocks
        ),
        key=lambda row: (row[4], row[0]),
    )
    charted = bars([(f"{row[0]} {row[1]}", f"{row[4]} days", row[4]) for row in rows[:MAX_BARS]])
    head = ("sku", "product", "free", f"sold_in_{DAYS}_days", "days_left")
    words = f"How long the free pieces last if they sell as in the last {DAYS} days; the shortest first."
    return Report("cover", "Stock cover", words, [head, *rows], charted)


def returns_by_lot(channels: Channels) -> Report:
    """Pieces that came back by lot, the most first; those without a lot together."""
    since = timezone.now() - timedelta(days=RETURN_DAYS)
    returned = FulfillmentLine.objects.filter(
        fulfillment__status__in=RETURNED_STATUSES, fulfillment__created_at__gte=since
    )
    lines = within(returned, channels, "fulfillment__order__channel")
    pieces: dict[tuple[str, str], int] = defaultdict(int)
    for sku, quantity, lots in lines.values_list("order_line__product_sku", "quantity", "lots"):
        for code, count in lots.items():
            pieces[code, sku or ""] += count
        if rest := quantity - sum(lots.values()):
            pieces["no lot", sku or ""] += rest
    rows = sorted(
        ((code, sku, count) for (code, sku), count in pieces.items()), key=lambda row: (-row[2], row)
    )
    charted = bars([(f"{code}, {sku}", f"{count}", count) for code, sku, count in rows[:MAX_BARS]])
    words = f"Pieces that came back in the last {RETURN_DAYS} days."
    return Report("returns", "Returns by lot", words, [("lot", "sku", "pieces"), *rows], charted)


REPORTS: dict[str, Callable[[Channels], Report]] = {
    "sales": sales_by_day,
    "items": sales_by_item,
    "cover": stock_cover,
    "returns": returns_by_lot,
}


# The shelf is every channel's: what one of them sells does not say how long it lasts.
OF_THE_WHOLE_SHOP = {"cover"}


def reports_for(channels: Channels) -> dict[str, Callable[[Channels], Report]]:
    left_out = OF_THE_WHOLE_SHOP if channels is not None else set()
    return {key: report for key, report in REPORTS.items() if key not in left_out}


class Reports(ReadOnlyAdmin):
    """The views of the reports, of the channels that the requestor reaches."""

    def report_views(self) -> dict[str, Callable[[HttpRequest], HttpResponse]]:
        return {"reports": self.reports, "report-csv": self.report_csv}

    def reports(self, request: HttpRequest) -> HttpResponse:
        channels = channels_of(request.user)
        return self.render_page(
            request,
            "shop_admin/reports.html",
            title="Reports",
            reports=[report(channels) for report in reports_for(channels).values()],
        )

    def report_csv(self, request: HttpRequest) -> HttpResponse:
        channels = channels_of(request.user)
        report = reports_for(channels).get(request.GET.get("report", ""))
        if report is None:
            raise Http404
        found = report(channels)
        return HttpResponse(
            to_csv(found.rows),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{found.key}.csv"'},
        )
