"""Tells a customer that what they paid for a cart has gone back, since no order came of it in time.

The embedded shop says so when the payment provider has given the money back, of each payment; a Saleor elsewhere has no
event for it. `plan` is called in the transaction that records it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import timezone

from store.guidebook.languages import address_in
from store.mailer import enqueue, mail_blocks, planning
from store.mailer.fetching import fetch_each
from store.mailer.mail_classes import Kind
from store.mailer.message import bare_address
from store.mailer.models import MailPlan, OrderEvent

EVENT = "PaymentReturned"


@dataclass(frozen=True, slots=True)
class ReturnedPayment:
    """`refunded`: was charged and goes back; `released`: was reserved only and is free again. In `currency`."""

    email: str
    currency: str
    refunded: Decimal
    released: Decimal


def plan(*, key: str, email: str, language: str, currency: str, refunded: Decimal, released: Decimal) -> None:
    """Plan the mail once for a `key`, which names the payment and what went back. `language`: of the cart, such as
    "de" or "DE_AT".
    """
    if not email or not (refunded or released):
        return
    plan_key, now = f"payment-returned:{key}", timezone.now()
    payload = {"email": email, "currency": currency, "refunded": str(refunded), "released": str(released)}
    event, _ = OrderEvent.objects.get_or_create(
        dedupe_key=plan_key,
        defaults={
            "kind": EVENT,
            "source": "engine",
            "payload": payload,
            "occurred_at": now,
            "planned_at": now,
        },
    )
    if row := planning.plan_from_event(
        Kind.PAYMENT_RETURNED,
        key=plan_key,
        event=event,
        about="",
        recipient=email,
        lang=planning.mail_locale(language.replace("-", "_")),
    ):
        enqueue.enqueue_on_commit(row)


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
