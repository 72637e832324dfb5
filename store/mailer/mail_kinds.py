"""Kinds of mail, their class, what a class does in doubt. In code: no merchant can turn off safety."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import TextChoices


class MailClass(TextChoices):
    """SAFETY may arrive twice but never not at all. The others arrive at most once."""

    SAFETY = "safety", "Safety"
    SERVICE = "service", "Service"
    CARE = "care", "Care"


class Kind(TextChoices):
    ORDER_CONFIRMATION = "order-confirmation", "Order confirmation"
    SAFETY_FIRST = "safety-first", "Read this before you use your cups"
    SHIPPED = "shipped", "Shipped"
    HOWTO = "how-to", "How to use your cups"


@dataclass(frozen=True, slots=True)
class Rule:
    mail_class: MailClass
    priority: int  # smaller goes first
    expires_after: timedelta | None  # counted from when it was due; None: never too late


@dataclass(frozen=True, slots=True)
class Doubt:
    """A mail whose server may or may not have taken it: how often to send it again by ourselves."""

    resends: int


RULES: dict[Kind, Rule] = {
    Kind.SAFETY_FIRST: Rule(MailClass.SAFETY, 10, None),
    Kind.ORDER_CONFIRMATION: Rule(MailClass.SERVICE, 20, timedelta(days=7)),
    Kind.SHIPPED: Rule(MailClass.SERVICE, 30, timedelta(days=14)),
    Kind.HOWTO: Rule(MailClass.CARE, 40, timedelta(days=30)),
}
DOUBTS: dict[MailClass, Doubt] = {
    MailClass.SAFETY: Doubt(resends=2),
    MailClass.SERVICE: Doubt(resends=0),
    MailClass.CARE: Doubt(resends=0),
}
QUEUES: dict[MailClass, str] = {
    MailClass.SAFETY: "safety",
    MailClass.SERVICE: "default",
    MailClass.CARE: "default",
}

# How long a worker may be silent before its row is free again. Short, because until the last dot a row may be
# taken over without harm: the one who was slow finds the lease gone and stops. Each step renews it.
LEASE = timedelta(seconds=90)
# Added to the wait for the server's word on the last dot, when a row may not be taken over.
LEASE_MARGIN = timedelta(seconds=60)

BACKOFF = [timedelta(seconds=s) for s in (30, 120, 300, 900, 1800, 3600)]
SLOW_DOWN = timedelta(minutes=15)  # the least pause after a server said "too much"
SHIPPED_STALE = timedelta(hours=1)  # so long after delivery nobody needs to hear that it is on its way
HOWTO_FALLBACK = timedelta(days=10)  # after shipping, when nobody says "delivered"


def backoff(failures: int) -> timedelta:
    return BACKOFF[min(max(failures, 1), len(BACKOFF)) - 1]
