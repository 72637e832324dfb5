"""A message of a shopper to the merchant, as its mails need it. `receive_messages` stores and plans them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone

from store.guidebook.languages import date_text
from store.guidebook.limit_words import keep_together
from store.mailer import mail_blocks
from store.mailer.fetching import fetch_each
from store.mailer.message import bare_address
from store.mailer.models import MailPlan, MerchantMessage
from store.saleor.whole_numbers import whole_number

Topic = MerchantMessage.Topic


@dataclass(frozen=True, slots=True)
class ToMerchant:
    """A message as its mail needs it; `email`: whom the mail goes to."""

    email: str
    row: MerchantMessage


def merchant_address() -> str:
    return bare_address(settings.MAIL_REPLY_TO)


def find(plan: MailPlan) -> MerchantMessage | None:
    """The message that a mail is about; None if it is gone."""
    pk = whole_number(plan.about)
    return None if pk is None else MerchantMessage.objects.filter(pk=pk).first()


def fetch(plan: MailPlan) -> ToMerchant | None:
    row = find(plan)
    return ToMerchant(merchant_address(), row) if row else None


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, ToMerchant | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def context(plan: MailPlan, about: ToMerchant) -> Mapping[str, Any]:
    row = about.row
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "contact": merchant_address(),
        "is_return": row.topic == Topic.RETURN,
        "sender_name": row.sender_name,
        "sender_email": row.sender_email,
        "order_number": row.order_number,
        "text": mail_blocks.text_block(row.text),
        "received": received_text(row.received_at, plan.locale),
    }


def received_text(at: datetime, lang: str) -> str:
    """Such as "November 28, 2026, 14:05 UTC": the moment counts for the period of withdrawal, whoever reads it.

    No line ends within the date or within the time.
    """
    local = timezone.localtime(at)
    date = date_text(local.date().isoformat(), lang).replace(" ", "\u00a0")
    return keep_together(f"{date}, {local:%H:%M %Z}")
