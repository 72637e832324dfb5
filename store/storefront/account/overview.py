"""The first page of the account, with the orders; and all data of the account as a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from store.saleor.client.account_page import AccountPageMeOrders, AccountPageMeOrdersEdgesNode
from store.saleor.client.client import Client
from store.saleor.order_answers import exact, order_facts
from store.saleor.order_state import order_state
from store.storefront import languages, view_decorators
from store.storefront.account import personal_data, session
from store.storefront.order_status import short_status
from store.storefront.orders import order_url
from store.storefront.page_context import render
from store.storefront.values import Money

PER_PAGE = 10
MAX_PAGES = 200  # of fifty orders in an export


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in the list; `status` in a word or two, `products` by name."""

    number: str
    created: datetime
    url: str
    status: str
    total: Money
    products: str


@view_decorators.private
@session.required
def account(request: HttpRequest, client: Client) -> HttpResponse:
    after = request.GET.get("after") or None
    me = client.account_page(first=PER_PAGE, after=after).me
    if me is None:
        return HttpResponseRedirect(reverse("storefront:log-in"), status=303)
    context = {
        "me": me,
        "orders": list(_rows(me.orders)) if me.orders else [],
        "is_later_page": after is not None,
        "older": _older(me.orders),
        "is_saved": request.GET.get("done") == "saved",
    }
    return render(request, "account/account.html", context)


def _older(orders: AccountPageMeOrders | None) -> str:
    if not orders or not orders.page_info.has_next_page:
        return ""
    return f"{reverse('storefront:account')}?{urlencode({'after': orders.page_info.end_cursor or ''})}"


def _rows(orders: AccountPageMeOrders) -> Iterator[OrderRow]:
    for edge in orders.edges:
        yield _row(edge.node)


def _row(order: AccountPageMeOrdersEdgesNode) -> OrderRow:
    state = order_state(order_facts(order, order.lines, order.fulfillments))
    names = dict.fromkeys(line.translated_product_name or line.product_name for line in order.lines)
    gross = order.total.gross
    return OrderRow(
        number=order.number,
        created=order.created,
        url=order_url(order.id, languages.current()),
        status=short_status(state),
        total=Money(exact(gross.amount, gross.currency), gross.currency),
        products=", ".join(names),
    )


@view_decorators.private
@session.required
def export(request: HttpRequest, client: Client) -> HttpResponse:
    """Article 20 GDPR: what is stored about the account, in a form that programs read."""
    first = client.account_export().me
    if first is None:
        return HttpResponseRedirect(reverse("storefront:log-in"), status=303)
    data: dict[str, Any] = first.model_dump(mode="json", by_alias=True, exclude={"orders"})
    data["orders"] = list(_all_orders(client))
    data |= personal_data.export(first.email)
    data["exportedAt"] = timezone.now().isoformat()
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="cupwell-account.json"'
    return response


def _all_orders(client: Client) -> Iterator[dict[str, Any]]:
    after: str | None = None
    for _page in range(MAX_PAGES):
        me = client.account_export(after=after).me
        if me is None or me.orders is None:
            return
        yield from (edge.node.model_dump(mode="json", by_alias=True) for edge in me.orders.edges)
        if not me.orders.page_info.has_next_page:
            return
        after = me.orders.page_info.end_cursor
