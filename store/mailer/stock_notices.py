"""Mails to who waits for a variant, as the mailer needs them. `store.wiring` passes in who knows the requests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from django.conf import settings

from store.mailer.fetching import fetch_each
from store.mailer.message import bare_address
from store.mailer.models import MailPlan
from store.mailer.pre_send_checks import Cancel, Decision

RECORDS_STAY = timedelta(days=30)  # of these mails, for a report that comes back; then the address is gone


@dataclass(frozen=True, slots=True, kw_only=True)
class StockNotice:
    """A request as it is when its mail is sent. `product`: with the variant; the URLs are absolute.

    is_newest: False for the mail of a request for which a later one was planned
    """

    email: str
    is_wanted: bool = False
    is_confirmed: bool = False
    is_newest: bool = True
    can_be_ordered: bool = False
    product: str = ""
    confirm_url: str = ""
    stop_url: str = ""
    product_url: str = ""


class StockRequests(Protocol):
    def notice(self, plan: MailPlan, /) -> StockNotice: ...


_requests: StockRequests | None = None


def configure(requests: StockRequests) -> None:
    global _requests  # noqa: PLW0603  set once, when the process starts
    _requests = requests


def fetch(plan: MailPlan) -> StockNotice:
    """Raises SaleorError."""
    if _requests is None:
        raise RuntimeError("store.mailer.stock_notices.configure(...) must be called when the program starts")
    return _requests.notice(plan)


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, StockNotice | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def context(plan: MailPlan, notice: StockNotice) -> Mapping[str, Any]:
    return {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "contact": bare_address(settings.MAIL_REPLY_TO),
        "product": notice.product,
        "product_url": notice.product_url,
        "confirm_url": notice.confirm_url,
        "stop_url": notice.stop_url,
        "days": RECORDS_STAY.days,
    }


def check_confirmation(plan: MailPlan, notice: StockNotice) -> Decision | None:
    if not notice.is_wanted:
        return Cancel("it was asked to be forgotten")
    return Cancel("it is confirmed already") if notice.is_confirmed else None


def check_notice(plan: MailPlan, notice: StockNotice) -> Decision | None:
    """Sold out again: not sent; the request waits on."""
    if not notice.is_wanted or not notice.is_confirmed:
        return Cancel("it was asked to be forgotten")
    if not notice.is_newest:
        return Cancel("a later mail tells of it")
    return None if notice.can_be_ordered else Cancel("it is sold out again")
