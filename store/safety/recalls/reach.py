"""How far a recall has reached: told, delivered, came back, answered, remedied."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, DateTimeField, Exists, OuterRef, Q, QuerySet, Subquery

from store.mailer.models import ContactTask, DeliveryReport, MailPlan, State
from store.safety.models import Recall, RecallRecipient

UNREACHED = (State.UNREACHED, State.FAILED)
COLUMNS = (
    "order",
    "email",
    "language",
    "lots",
    "mail",
    "sent",
    "delivery confirmed",
    "told otherwise",
    "reminders",
    "answered",
    "has it",
    "remedy",
    "remedied",
)


@dataclass(frozen=True, slots=True)
class Reach:
    """Numbers of buyers. notified: the mail was accepted, or they were told otherwise; delivered: confirmed as such."""

    recipients: int
    notified: int
    delivered: int
    bounced: int
    told_otherwise: int
    answered: int
    chose_remedy: int
    remedied: int

    @property
    def not_notified(self) -> int:
        return self.recipients - self.notified

    def share(self, count: int) -> int:
        """In percent of all."""
        return round(100 * count / self.recipients) if self.recipients else 0


def reach(recall: Recall) -> Reach:
    """Counted in one statement."""
    otherwise = Q(posted_at__isnull=False) | Q(was_told=True)
    counts = with_mail(recall.recipients.order_by()).aggregate(
        recipients=Count("pk"),
        notified=Count("pk", filter=Q(mail_state=State.SENT) | otherwise),
        delivered=Count("pk", filter=Q(is_delivered=True)),
        bounced=Count("pk", filter=Q(mail_state__in=UNREACHED)),
        told_otherwise=Count("pk", filter=otherwise),
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        chose_remedy=Count("pk", filter=~Q(remedy="")),
        remedied=Count("pk", filter=Q(remedied_at__isnull=False)),
    )
    return Reach(**counts)


def with_mail(recipients: QuerySet[RecallRecipient]) -> QuerySet[RecallRecipient]:
    """With what became of the mail: mail_state, sent_at, is_delivered, was_told (by telephone, post or otherwise)."""
    plans = MailPlan.objects.filter(plan_key=OuterRef("plan_key"))
    delivered = DeliveryReport.objects.filter(
        kind=DeliveryReport.Kind.DELIVERED, attempt__plan__plan_key=OuterRef("plan_key")
    )
    told = ContactTask.objects.filter(plan__plan_key=OuterRef("plan_key"), closed_at__isnull=False).exclude(
        done__in=("", ContactTask.Done.MAILED)
    )
    return recipients.annotate(
        mail_state=Subquery(plans.values("state")[:1]),
        sent_at=Subquery(plans.values("sent_at")[:1], output_field=DateTimeField()),
        is_delivered=Exists(delivered),
        was_told=Exists(told),
    )


def unreached(recall: Recall) -> QuerySet[RecallRecipient]:
    """Whom the mail did not reach and nobody has told yet."""
    rows = with_mail(recall.recipients.filter(posted_at=None, answered_at=None))
    not_told = Q(mail_state__in=UNREACHED, was_told=False)
    return rows.filter(not_told).order_by("pk")


def rows(recall: Recall) -> Iterator[tuple[object, ...]]:
    """COLUMNS, then a row for each buyer, for a spreadsheet."""
    yield COLUMNS
    found = with_mail(recall.recipients.all()).prefetch_related("lines")
    for one in found.iterator(chunk_size=1000):
        yield _row(one)


def _row(one: RecallRecipient) -> tuple[object, ...]:
    lots = "; ".join(f"{line.quantity} × {line.sku} {line.lot_code}".strip() for line in one.lines.all())
    return (
        one.order_number,
        one.email,
        one.language,
        lots,
        one.mail_state,  # type: ignore[attr-defined]
        _day(one.sent_at),  # type: ignore[attr-defined]
        bool(one.is_delivered),  # type: ignore[attr-defined]
        bool(one.posted_at or one.was_told),  # type: ignore[attr-defined]
        one.reminders,
        _day(one.answered_at),
        one.whereabouts,
        one.remedy,
        _day(one.remedied_at),
    )


def _day(at: datetime | None) -> str:
    return at.isoformat(timespec="minutes") if at else ""
