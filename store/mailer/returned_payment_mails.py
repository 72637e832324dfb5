"""The mail about a payment that has gone back: what it says, read from what was told when it was planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings

from store.guidebook.languages import address_in
from store.mailer import mail_blocks
from store.mailer.fetching import fetch_each
from store.mailer.message import bare_address
from store.mailer.models import MailPlan


@dataclass(frozen=True, slots=True)
class ReturnedPayment:
    """`refunded`: was charged and goes back; `released`: was reserved only and is free again. In `currency`."""

    email: str
    currency: str
    refunded: Decimal
    released: Decimal


def fetch(plan: MailPlan) -> ReturnedPayment | None:
    """None if it was so long ago that it was forgotten."""
    if plan.event is None:
        return None
    told = plan.event.payload
    return ReturnedPayment(
        told["email"], told["currency"], Decimal(told["refunded"]), Decimal(told["released"])
    )


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, ReturnedPayment | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def context(plan: MailPlan, about: ReturnedPayment) -> Mapping[str, Any]:
    def amount(value: Decimal) -> str:
        return mail_blocks.money(value, about.currency, plan.locale) if value else ""

    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "home": f"{settings.PUBLIC_URL}{address_in('/', plan.locale)}",
        "amount": amount(about.refunded + about.released),
        "refunded": amount(about.refunded),
        "released": amount(about.released),
        "contact": bare_address(settings.MAIL_REPLY_TO),
    }
