"""What left, what waits and what came back, as charts: for the page behind "Figures" in the list of mails."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from store.bar_charts import Bar, bars
from store.mailer.mail_classes import Kind
from store.mailer.models import DeliveryReport, MailPlan, State

DAYS = 30


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    words: str
    bars: Sequence[Bar]


def charts(*, plans: QuerySet[MailPlan], reports: QuerySet[DeliveryReport]) -> list[Chart]:
    """Of these mails and reports. Each in one statement, whatever their number."""
    return [_sent_by_day(plans), _sent_by_kind(plans), _states(plans), _reports(reports)]


def _sent_by_day(plans: QuerySet[MailPlan]) -> Chart:
    first = timezone.localdate() - timedelta(days=DAYS - 1)
    rows = plans.filter(sent_at__date__gte=first).annotate(day=TruncDate("sent_at")).order_by()
    found: dict[date, int] = dict(rows.values_list("day").annotate(Count("pk")))
    days = [first + timedelta(days=number) for number in range(DAYS)]
    charted = _bars((f"{day:%-d %b}", found.get(day, 0)) for day in days) if found else []
    return Chart("Mails that left, by day", f"The last {DAYS} days.", charted)


def _sent_by_kind(plans: QuerySet[MailPlan]) -> Chart:
    since = timezone.now() - timedelta(days=DAYS)
    rows = plans.filter(sent_at__gte=since).order_by().values_list("kind").annotate(Count("pk"))
    return Chart("Mails that left, by kind", f"The last {DAYS} days.", _named(rows, dict(Kind.choices)))


def _states(plans: QuerySet[MailPlan]) -> Chart:
    """Of every mail that is not sent; mails of long ago that were cancelled are left out."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = plans.exclude(state=State.SENT).filter(due_at__gte=since).order_by()
    counted = rows.values_list("state").annotate(Count("pk"))
    words = f"Mails that have not left: those to come, and those due in the last {DAYS} days."
    return Chart("What became of the others", words, _named(counted, dict(State.choices)))


def _reports(reports: QuerySet[DeliveryReport]) -> Chart:
    since = timezone.now() - timedelta(days=DAYS)
    rows = reports.filter(received_at__gte=since).order_by()
    counted = rows.values_list("kind").annotate(Count("pk"))
    words = f"What mail servers and your provider said afterwards, in the last {DAYS} days."
    return Chart("Reports", words, _named(counted, dict(DeliveryReport.Kind.choices)))


def _named(rows: Iterable[tuple[str, int]], names: Mapping[Any, Any]) -> list[Bar]:
    """The most first."""
    return _bars(sorted(((str(names[key]), count) for key, count in rows), key=lambda row: (-row[1], row[0])))


def _bars(values: Iterable[tuple[str, int]]) -> list[Bar]:
    return bars([(label, count, count) for label, count in values])
