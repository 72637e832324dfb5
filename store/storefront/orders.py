"""The order page. Its URL holds a signed token, so that orders can't be guessed."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.enums import TransactionEventTypeEnum
from store.saleor.client.order_page import (
    OrderPageOrder,
    OrderPageOrderLines,
    OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute,
)
from store.saleor.errors import SaleorError
from store.saleor.order_answers import order_amounts, order_facts, postal_address
from store.saleor.order_state import OrderState, order_state
from store.storefront import channels, guide_content, view_decorators
from store.storefront.order_status import OrderStatus, Reader, order_status
from store.storefront.page_context import render
from store.storefront.totals import Totals, totals
from store.storefront.values import Money, Picture, picture

SALT = "order"
LANGUAGE = "en"  # of this page
INVALID_LINK = "This order link is not complete or not right. Please open it again from your email."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """`total` before discounts; `variant` is empty where it equals the product's name."""

    product: str
    variant: str
    quantity: int
    total: Money
    picture: Picture | None
    insert_key: str
    guide_slugs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """An order as its page shows it; addresses are lines of text in the page's language."""

    number: str
    created: datetime
    email: str
    status: OrderStatus
    lines: tuple[Line, ...]
    totals: Totals
    delivery_address: tuple[str, ...]
    billing_address: tuple[str, ...]  # empty where it is the delivery address


@dataclass(frozen=True, slots=True)
class InsertRow:
    """An insert with the version that was acknowledged, which may be older than the current one."""

    insert: guide_content.InsertCard
    version: str

    @property
    def is_old(self) -> bool:
        return self.version != self.insert.version


def order_token(order_id: str) -> str:
    return signing.dumps(order_id, salt=SALT)


def order_url(order_id: str) -> str:
    return reverse("storefront:order", args=[order_token(order_id)])


@view_decorators.private
def order(request: HttpRequest, token: str) -> HttpResponse:
    try:
        order_id = str(signing.loads(token, salt=SALT))
    except signing.BadSignature:
        raise Http404(INVALID_LINK) from None
    answer = clients.staff().order_page(id=order_id).order  # the signed link shows that this is the buyer
    if answer is None:
        raise Http404(INVALID_LINK)
    order = _order(answer, channels.current_channel(request).locale)
    return render(
        request,
        "order.html",
        {
            "order": order,
            "guides": guide_content.guide_cards(dict.fromkeys(_guide_slugs(order))),
            "inserts": _insert_rows(order),
        },
    )


def _order(answer: OrderPageOrder, locale: str) -> Order:
    state = order_state(order_facts(answer, answer.lines, answer.fulfillments))
    shown = totals(order_amounts(answer, answer.lines), gross=answer.display_gross_prices)
    delivery = postal_address(answer.shipping_address) if answer.shipping_address else None
    billing = postal_address(answer.billing_address) if answer.billing_address else None
    buyer = billing or delivery
    reader = Reader(buyer.first_name if buyer else "", answer.total.gross.currency, locale)
    return Order(
        number=answer.number,
        created=answer.created,
        email=answer.user_email or "",
        status=order_status(
            state, reader, created=answer.created, refund_dates=_refund_dates(answer.id, state)
        ),
        lines=tuple(_line(line, shown.lines[line.id]) for line in answer.lines),
        totals=shown,
        delivery_address=delivery.lines(LANGUAGE) if delivery else (),
        billing_address=billing.lines(LANGUAGE) if billing and billing != delivery else (),
    )


def _line(line: OrderPageOrderLines, total: Money) -> Line:
    return Line(
        product=line.product_name,
        variant=line.variant_name if line.variant_name != line.product_name else "",
        quantity=line.quantity,
        total=total,
        picture=picture(line.thumbnail),
        insert_key=line.insert or "",
        guide_slugs=_line_guides(line),
    )


def _line_guides(line: OrderPageOrderLines) -> tuple[str, ...]:
    guides = line.variant.product.guides if line.variant else None
    if isinstance(guides, OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute):
        return tuple(page.slug for page in guides.value)
    return ()


def _refund_dates(order_id: str, state: OrderState) -> tuple[datetime, ...]:
    """When money was sent back, oldest first. Without the permission to see it, the page goes without the date."""
    if not state.refunded:
        return ()
    try:
        found = clients.staff().order_refunds(id=order_id).order
    except SaleorError as error:
        log.warning("the dates of the refunds of %s are not known: %s", order_id, error)
        return ()
    events = [event for item in (found.transactions if found else ()) for event in item.events]
    return tuple(
        sorted(event.created_at for event in events if event.type_ is TransactionEventTypeEnum.REFUND_SUCCESS)
    )


def _guide_slugs(order: Order) -> list[str]:
    return [slug for line in order.lines for slug in line.guide_slugs]


def _insert_rows(order: Order) -> list[InsertRow]:
    rows: dict[str, InsertRow] = {}
    for line in order.lines:
        slug, _, version = line.insert_key.partition("@")
        if insert := guide_content.insert_card(slug):
            rows.setdefault(slug, InsertRow(insert, version))
    return list(rows.values())
