"""The order page. Its URL holds a signed token, so that orders can't be guessed."""

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy

from store import guidebook
from store.mailer.preference_links import preferences_url
from store.mailer.preferences import areas
from store.moved_ids import lookup
from store.saleor import clients
from store.saleor.client.enums import TransactionEventTypeEnum
from store.saleor.client.order_page import (
    OrderPageOrder,
    OrderPageOrderDeliveryMethodShippingMethod,
    OrderPageOrderLines,
    OrderPageOrderLinesVariantProductGuidesAssignedMultiPageReferenceAttribute,
)
from store.saleor.errors import SaleorError
from store.saleor.order_answers import order_amounts, order_facts, postal_address, sent_lines
from store.saleor.order_state import Delivery, Lifecycle, OrderState, order_state
from store.saleor.personal_names import greeting_name
from store.storefront import (
    channels,
    delivery_offers,
    errors,
    find_order,
    guide_content,
    languages,
    view_decorators,
)
from store.storefront.order_status import OrderStatus, Reader, is_coming, order_status
from store.storefront.page_context import render
from store.storefront.request_values import whole_number
from store.storefront.signed_paths import path_with_token
from store.storefront.totals import Totals, totals
from store.storefront.values import Money, Picture, picture

SALT = "order"
INVALID_LINK = gettext_lazy(
    "This order link is not complete or not right. Please open it again from your email."
)
ORDER_GONE = gettext_lazy(
    "This order is no longer in our shop's records here. Please reply to the email that brought you to this page: "
    "a person will look it up for you."
)

WITHOUT_LINK = gettext_lazy(
    "An order can only be opened by its link, so that nobody else sees what was bought. Tell us its number and your "
    "email address, and the link comes by mail."
)
# A number, a UUID, or an id of Saleor, which is "Order:…" in Base64.
RAW_ID = re.compile(r"\d{1,20}|[0-9a-fA-F-]{32,36}|T3JkZXI6[\w=+-]+")
OLD_LINK = gettext_lazy("This link is too old. We send you a new one.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """`total` before discounts; `variant` is empty where it equals the product's name, `product_slug` where
    it is not made any more."""

    id: str
    product: str
    product_slug: str
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


def order_url(order_id: str, language: str = settings.LANGUAGE_CODE) -> str:
    """The path of the order's page in a language of the shop."""
    return path_with_token("order", order_token(order_id), language)


def read_token(token: str) -> str:
    """The id of the order. Raises SignatureExpired for an old link, BadSignature for one that is not ours."""
    return str(signing.loads(token, salt=SALT, max_age=timedelta(days=settings.ORDER_LINK_DAYS)))


def returnable_state(state: OrderState) -> bool:
    """Whether its buyer may ask to return something: there is something, and it did not all come back."""
    return state.lifecycle is Lifecycle.OPEN and state.delivery is not Delivery.RETURNED


def preferences_path(order_id: str, email: str, language: str) -> str:
    url = preferences_url(order_id=order_id, address=email, lang=language)
    return url.removeprefix(settings.PUBLIC_URL)


def _follow_moved(order_id: str) -> HttpResponse | None:
    """To the page of the order that was moved into this shop, if it was."""
    new_id = lookup.new_id(order_id)
    return redirect(order_url(new_id, languages.current())) if new_id else None


@view_decorators.private
def order(request: HttpRequest, token: str) -> HttpResponse:
    try:
        order_id = read_token(token)
    except signing.SignatureExpired:
        return find_order.show(request, find_order.FindOrderForm(), note=str(OLD_LINK), status=410)
    except signing.BadSignature:
        return _show_lookup(request, token)
    answer = (
        clients.staff().order_page(id=order_id, language=languages.current_code()).order
    )  # the signed link shows that this is the buyer
    if answer is None:  # the link is ours, so it is an order of before the shop moved
        return _follow_moved(order_id) or errors.gone(request, str(ORDER_GONE))
    order = _order(answer, languages.format_locale(channels.current_channel(request)))
    return render(
        request,
        "order.html",
        {
            "order": order,
            "token": token,
            "returnable": returnable_state(
                order_state(order_facts(answer, answer.lines, answer.fulfillments))
            ),
            "reviewable": sent_lines(answer.fulfillments),
            "return_asked": "returned" in request.GET,
            "areas": [(slug, guidebook.library().guides[slug].title(languages.current())) for slug in areas()]
            if any(line.insert_key for line in order.lines)
            else [],
            "preferences_url": preferences_path(answer.id, order.email, languages.current()),
            "guides": guide_content.guide_cards(dict.fromkeys(_guide_slugs(order)), languages.current()),
            "inserts": _insert_rows(order),
            "arrival": _arrival(answer),
        },
    )


def _show_lookup(request: HttpRequest, token: str) -> HttpResponse:
    """A number or an id is no link: nothing of the order is shown, nor whether there is one; its link comes by mail."""
    if not RAW_ID.fullmatch(token):
        return find_order.show(request, find_order.FindOrderForm(), note=str(INVALID_LINK), status=404)
    number = token if whole_number(token) is not None else ""
    form = find_order.FindOrderForm(initial={"number": number})
    return find_order.show(request, form, note=str(WITHOUT_LINK), status=404)


def _order(answer: OrderPageOrder, locale: str) -> Order:
    state = order_state(order_facts(answer, answer.lines, answer.fulfillments))
    shown = totals(
        order_amounts(answer, answer.lines, shipping_name=_delivery_name(answer)),
        gross=answer.display_gross_prices,
    )
    delivery = postal_address(answer.shipping_address) if answer.shipping_address else None
    billing = postal_address(answer.billing_address) if answer.billing_address else None
    reader = Reader(greeting_name(billing.first_name) if billing else "", answer.total.gross.currency, locale)
    return Order(
        number=answer.number,
        created=answer.created,
        email=answer.user_email or "",
        status=order_status(
            state,
            reader,
            created=answer.created,
            refund_dates=_refund_dates(answer.id, state),
            delivery_method=answer.shipping_method_name or "",
        ),
        lines=tuple(_line(answer, line, shown.lines[line.id]) for line in answer.lines),
        totals=shown,
        delivery_address=delivery.lines(languages.current()) if delivery else (),
        billing_address=billing.lines(languages.current()) if billing and billing != delivery else (),
    )


def _line(order: OrderPageOrder, line: OrderPageOrderLines, total: Money) -> Line:
    product, variant = names_of(order, line)
    return Line(
        id=line.id,
        product_slug=line.variant.product.slug if line.variant else "",
        product=product,
        variant=variant if line.variant_name != line.product_name else "",
        quantity=line.quantity,
        total=total,
        picture=picture(line.thumbnail),
        insert_key=line.insert or "",
        guide_slugs=_line_guides(line),
    )


def names_of(order: OrderPageOrder, line: OrderPageOrderLines) -> tuple[str, str]:
    """Of product and variant, as they were ordered; in another language than the order's, as they are called today."""
    if order.language_code is languages.current_code():
        return (
            line.translated_product_name or line.product_name,
            line.translated_variant_name or line.variant_name,
        )
    variant = line.variant
    own = variant.translation.name if variant and variant.translation else None
    own_product = variant.product.translation.name if variant and variant.product.translation else None
    return own_product or line.product_name, own or line.variant_name


def _arrival(order: OrderPageOrder) -> tuple[date, date] | None:
    """First and last day on which it is expected, from the days of its shipping method.

    None where nothing is on its way, or the days are not known.
    """
    method = order.delivery_method
    state = order_state(order_facts(order, order.lines, order.fulfillments))
    arrived = state.parcels and all(parcel.delivered_at for parcel in state.parcels)
    if not isinstance(method, OrderPageOrderDeliveryMethodShippingMethod) or not is_coming(state) or arrived:
        return None
    first = method.minimum_delivery_days or method.maximum_delivery_days
    last = method.maximum_delivery_days or first
    if not first or not last:
        return None
    ordered = timezone.localtime(order.created).date()
    days = (
        delivery_offers.working_days_after(ordered, first),
        delivery_offers.working_days_after(ordered, last),
    )
    return days if days[1] >= timezone.localdate() else None


def _delivery_name(order: OrderPageOrder) -> str:
    method = order.delivery_method
    if isinstance(method, OrderPageOrderDeliveryMethodShippingMethod) and method.translation:
        return method.translation.name or ""
    return ""


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
        if insert := guide_content.insert_card(slug, languages.current()):
            rows.setdefault(slug, InsertRow(insert, version))
    return list(rows.values())
