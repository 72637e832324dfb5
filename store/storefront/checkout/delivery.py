"""Second step of the checkout: the shipping method. Saleor computes which ones fit the address, and their prices."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from store.saleor import clients
from store.saleor.client.delivery_options_calculate import (
    DeliveryOptionsCalculateDeliveryOptionsCalculateDeliveriesShippingMethod,
)
from store.saleor.errors import Refused, check
from store.saleor.translations import translated_name
from store.storefront import error_messages, form_state, languages, view_decorators
from store.storefront.cart_contents import Checkout
from store.storefront.checkout import steps
from store.storefront.form_state import FormState
from store.storefront.page_context import render
from store.storefront.templatetags.shop_format import delivery_days
from store.storefront.values import Money, money

CHOOSE_DELIVERY = _("Please choose how we should deliver.")
NO_DELIVERY = _("We have no delivery to this address. Please check it, or write to us.")


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """`days` such as "3 to 5 working days", empty where it is not known."""

    id: str
    name: str
    days: str
    price: Money


@view_decorators.private
def delivery(request: HttpRequest) -> HttpResponse:
    checkout_id = steps.current_checkout_id(request)[1]
    if checkout_id is None:
        return HttpResponseRedirect(reverse("storefront:cart"))
    checkout = steps.read_checkout(checkout_id)
    if name := steps.due_step(checkout, required=["address"]):
        return steps.redirect_to(request, name)
    assert checkout is not None
    if not checkout.needs_delivery:
        return steps.redirect_to(request, "storefront:payment")
    options = _options(checkout_id)
    if request.method == "POST":
        return _choose_delivery(request, checkout, options)
    state = form_state.read(request) or FormState()
    return _render_delivery(request, checkout, options, state)


def _options(checkout_id: str) -> list[DeliveryOption]:
    payload = check(
        clients.storefront()
        .delivery_options_calculate(id=checkout_id, language=languages.current_code())
        .delivery_options_calculate
    )
    return [
        _option(offer.id, offer.shipping_method)
        for offer in payload.deliveries
        if offer.shipping_method and offer.shipping_method.active
    ]


def _option(
    offer_id: str, method: DeliveryOptionsCalculateDeliveryOptionsCalculateDeliveriesShippingMethod
) -> DeliveryOption:
    return DeliveryOption(offer_id, translated_name(method), delivery_days(method), money(method.price))


def _choose_delivery(request: HttpRequest, checkout: Checkout, options: list[DeliveryOption]) -> HttpResponse:
    delivery_id = request.POST.get("delivery", "")
    if delivery_id not in {option.id for option in options}:
        return _show_error(request, str(CHOOSE_DELIVERY if options else NO_DELIVERY))
    try:
        data = clients.storefront().checkout_delivery_method_update(id=checkout.id, delivery=delivery_id)
        check(data.checkout_delivery_method_update)
    except Refused as refused:
        return _show_error(request, error_messages.messages_for(refused)[0])
    return form_state.leave(reverse("storefront:delivery"), to=reverse("storefront:payment"))


def _show_error(request: HttpRequest, message: str) -> HttpResponse:
    response = form_state.redirect(request, reverse("storefront:delivery"), FormState(messages=(message,)))
    assert response is not None  # one sentence is never too large
    return response


def _render_delivery(
    request: HttpRequest, checkout: Checkout, options: list[DeliveryOption], state: FormState
) -> HttpResponse:
    current = checkout.delivery_id
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
            "error": " ".join(state.messages) or ("" if options else str(NO_DELIVERY)),
        },
    )
