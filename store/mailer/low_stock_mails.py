"""What the mail says that a variant runs low in a warehouse. `low_stock` plans it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings

from store.mailer.fetching import fetch_each
from store.mailer.merchant_messages import merchant_address
from store.mailer.models import MailPlan


@dataclass(frozen=True, slots=True)
class LowStock:
    """`email`: whom the mail goes to; `left`: free pieces; `threshold`: of the variant; `path`: of the desk's page."""

    email: str
    sku: str
    product: str
    variant: str
    warehouse: str
    left: int
    threshold: int
    path: str


def fetch(plan: MailPlan) -> LowStock | None:
    """None if it was so long ago that it was forgotten."""
    return LowStock(**plan.event.payload) if plan.event else None


def fetch_all(plans: Sequence[MailPlan], *, ends_at: float) -> dict[int, LowStock | Exception | None]:
    return {plan.pk: found for plan, found in fetch_each(plans, fetch, ends_at=ends_at).items()}


def context(plan: MailPlan, about: LowStock) -> Mapping[str, Any]:
    values = {name: value for name, value in asdict(about).items() if name not in ("email", "path")}
    return values | {
        "lang": plan.locale,
        "shop": settings.PUBLIC_URL,
        "link": f"{settings.PUBLIC_URL}{about.path}",
        "contact": merchant_address(),
    }
