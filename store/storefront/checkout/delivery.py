"""Second stop: how it is sent. The shop says which ways fit the address and what they cost."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import error_messages, view_decorators
from store.storefront.checkout import steps
from store.storefront.page_context import render

CHOOSE = "Please choose how we should deliver."
NONE_FITS = "We have no delivery to this address. Please check it, or write to us."


@view_decorators.private
def delivery(request: HttpRequest) -> HttpResponse:
    _, basket = steps.basket_id(request)
    if basket is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    client = clients.storefront()
    checkout: Any = client.checkout_stop(id=basket).checkout
    if away := steps.turned_away(checkout, needs=["address"]):
        return HttpResponseRedirect(away, status=303)
    if not checkout.is_shipping_required:
        return HttpResponseRedirect(reverse("storefront:payment"), status=303)
    options = check(client.checkout_deliveries(id=basket).delivery_options_calculate).deliveries
    ways = [way for way in options if way.shipping_method and way.shipping_method.active]
    if request.method == "POST":
        return _choose(request, checkout, ways)
    return _show(request, checkout, ways, said="" if ways else NONE_FITS)


def _choose(request: HttpRequest, checkout: Any, ways: list[Any]) -> HttpResponse:
    wanted = request.POST.get("delivery", "")
    if wanted not in {way.id for way in ways}:
        return _show(request, checkout, ways, said=CHOOSE if ways else NONE_FITS, status=422)
    try:
        answer = clients.storefront().checkout_choose_delivery(id=checkout.id, delivery=wanted)
        check(answer.checkout_delivery_method_update)
    except Refused as refused:
        return _show(request, checkout, ways, said=error_messages.sentences(refused)[0], status=409)
    return HttpResponseRedirect(reverse("storefront:payment"), status=303)


def _show(
    request: HttpRequest, checkout: Any, ways: list[Any], *, said: str, status: int = 200
) -> HttpResponse:
    current = checkout.delivery.id if checkout.delivery else ""
    if current not in {way.id for way in ways}:
        current = ways[0].id if ways else ""
    return render(
        request,
        "checkout/delivery.html",
        {
            "checkout": checkout,
            "steps": steps.steps("storefront:delivery"),
            "ways": ways,
            "current": current,
            "said": said,
        },
        status=status,
    )
