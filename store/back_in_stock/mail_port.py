"""What the mailer asks about a request (`store.mailer.stock_notices.StockRequests`)."""

from store.back_in_stock import availability, links, requests
from store.back_in_stock.links import Step
from store.back_in_stock.models import StockRequest
from store.mailer.mail_classes import Kind
from store.mailer.models import MailPlan
from store.mailer.stock_notices import StockNotice
from store.saleor.whole_numbers import whole_number


def notice(plan: MailPlan) -> StockNotice:
    """Of the request as it is now; `is_wanted` is False for one that is gone. Raises SaleorError."""
    pk = whole_number(plan.about)
    row = requests.find(pk) if pk is not None else None
    if row is None:
        return StockNotice(email=plan.recipient)
    asked = availability.ask([row.variant_id], channel=row.channel, language=row.language)
    found = asked.get(row.variant_id)
    return StockNotice(
        email=row.email,
        is_wanted=True,
        is_newest=plan.kind != Kind.STOCK_NOTICE or plan.plan_key == requests.notice_key(row),
        is_confirmed=row.confirmed_at is not None,
        can_be_ordered=bool(found and found.can_be_ordered),
        product=found.name if found else _known_as(row),
        confirm_url=links.url(Step.CONFIRM, row),
        stop_url=links.url(Step.STOP, row),
        product_url=links.product_url(row),
    )


def _known_as(row: StockRequest) -> str:
    return row.sku or row.product_slug
