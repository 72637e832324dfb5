"""A gift card as the mail needs it that brings it to its recipient.

Who has the code can spend the card. It is asked of the shop when the mail is made, and no event, body, list or log of
the mailer holds it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel.dates import format_date
from django.conf import settings
from django.utils import timezone

from store.guidebook.languages import address_in
from store.mailer import mail_blocks, mail_texts
from store.mailer.fetching import fetch_each
from store.mailer.message import bare_address
from store.mailer.models import MailPlan
from store.saleor import clients


@dataclass(frozen=True, slots=True)
class GiftCard:
    """`email`: whom the mail goes to; `expires`: the last day on which it can be spent."""

    email: str
    code: str
    is_active: bool
    balance: Decimal
    currency: str
    expires: date | None

    @property
    def has_expired(self) -> bool:
        return self.expires is not None and self.expires < timezone.now().date()


def fetch(plan: MailPlan) -> GiftCard | None:
    """None if there is no such card any more. Raises store.saleor.errors.SaleorError."""
    found = clients.staff().gift_card_for_mail(id=plan.about).gift_card
    if found is None:
        return None
    return GiftCard(
        email=plan.recipient,
        code=found.code,
        is_active=found.is_active,
        balance=Decimal(str(found.current_balance.amount)),
        currency=found.current_balance.currency,
        expires=found.expiry_date,
    )


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, GiftCard | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def context(plan: MailPlan, card: GiftCard) -> Mapping[str, Any]:
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "home": f"{settings.PUBLIC_URL}{address_in('/', plan.locale)}",
        "amount": mail_blocks.money(card.balance, card.currency, plan.locale),
        "code": card.code,
        "expires": _day(card.expires, plan.locale) if card.expires else "",
        "contact": bare_address(settings.MAIL_REPLY_TO),
    }


def _day(day: date, lang: str) -> str:
    """Such as "28 November 2026", which no line divides."""
    return format_date(day, format="long", locale=lang).replace(" ", "\u00a0")


def language_of(email: str) -> str:
    """In which this address was written to last: the event names none. The shop's first language for a new one."""
    rows = MailPlan.objects.filter(recipient__iexact=email).order_by("-pk")
    return rows.values_list("locale", flat=True).first() or mail_texts.FALLBACK
