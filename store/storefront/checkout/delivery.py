"""Second step of the checkout: the shipping method. Saleor computes which ones fit the address, and their prices."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import error_messages, view_decorators
from store.storefront.checkout import steps
from store.storefront.page_context import render

CHOOSE_DELIVERY = "Please choose how we should deliver."
NO_DELIVERY = "We have no delivery to this address. Please check it, or write to us."


@view_decorators.private
def delivery(request: HttpRequest) -> HttpResponse:
    _, checkout_id = steps.current_checkout_id(request)
    if checkout_id is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    client = clients.storefront()
    checkout: Any = client.checkout_page(id=checkout_id).checkout
    if url := steps.redirect_url(checkout, required=["address"]):
        return HttpResponseRedirect(url, status=303)
    if not checkout.is_shipping_required:
        return HttpResponseRedirect(reverse("storefront:payment"), status=303)
    deliveries = check(
        client.delivery_options_calculate(id=checkout_id).delivery_options_calculate
    ).deliveries
    options = [option for option in deliveries if option.shipping_method and option.shipping_method.active]
    if request.method == "POST":
        return _choose_delivery(request, checkout, options)
    return _render_delivery(request, checkout, options, error="" if options else NO_DELIVERY)


def _choose_delivery(request: HttpRequest, checkout: Any, options: list[Any]) -> HttpResponse:
    delivery_id = request.POST.get("delivery", "")
    if delivery_id not in {option.id for option in options}:
        return _render_delivery(
            request, checkout, options, error=CHOOSE_DELIVERY if options else NO_DELIVERY, status=422
        )
    try:
        data = clients.storefront().checkout_delivery_method_update(id=checkout.id, delivery=delivery_id)
        check(data.checkout_delivery_method_update)
    except Refused as refused:
        return _render_delivery(
            request, checkout, options, error=error_messages.messages_for(refused)[0], status=409
        )
    return HttpResponseRedirect(reverse("storefront:payment"), status=303)


def _render_delivery(
    request: HttpRequest, checkout: Any, options: list[Any], *, error: str, status: int = 200
) -> HttpResponse:
    current = checkout.delivery.id if checkout.delivery else ""
    if current not in {option.id for option in options}:
        current = options[0].id if options else ""
    return render(
        request,
        "checkout/delivery.html",
        {
            "checkout": checkout,
            "steps": steps.list_steps("storefront:delivery"),
            "options": options,
            "current": current,
            "error": error,
        },
        status=status,
    )
