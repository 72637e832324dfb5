"""Order the same once more: a new cart with what is still sold of an order."""

from django.contrib import messages as flash
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from store.saleor import clients
from store.saleor.errors import Refused, check
from store.storefront import cart_cookie, channels, orders, view_decorators
from store.storefront.cart_cookie import CartCookie


@require_POST
@view_decorators.private
def reorder(request: HttpRequest, token: str) -> HttpResponse:
    try:
        order_id = orders.read_token(token)
    except signing.BadSignature:
        raise Http404(str(orders.INVALID_LINK)) from None
    response = HttpResponseRedirect(reverse("storefront:cart"), status=303)
    try:
        answer = check(
            clients.storefront().checkout_create_from_order(id=order_id).checkout_create_from_order
        )
    except Refused:
        flash.error(request, _("This order can't be repeated. Nothing was changed."))
        return response
    if answer.unavailable_variants:
        number = len(answer.unavailable_variants)
        text = ngettext(
            "{number} thing of that order is not available now.",
            "{number} things of that order are not available now.",
            number,
        )
        flash.warning(request, text.format(number=number))
    own = channels.by_slug(answer.checkout.channel.slug) if answer.checkout else None
    if answer.checkout and own and answer.checkout.quantity:
        channels.set_cookie(response, own, secure=request.is_secure())
        cart_cookie.write(request, response, own, CartCookie(answer.checkout.id, answer.checkout.quantity))
    return response
