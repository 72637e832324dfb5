"""A product before it is on sale, behind a signed link that the merchant's desk gives away."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from store.saleor import clients
from store.storefront import channels, product, view_decorators
from store.storefront.product_fetching import fetch_product

SALT = "product-preview"
MAX_AGE = timedelta(days=7)


def preview_url(*, slug: str, channel: str) -> str:
    """The path of the product's page as `channel` (its slug) will sell it. It opens for a week, for whoever has it."""
    token = signing.dumps([slug, channel], salt=SALT)
    return reverse("storefront:product-preview", args=[token])


@view_decorators.private
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What is on sale by now has its own page."""
    try:
        slug, name = signing.loads(token, salt=SALT, max_age=MAX_AGE)
    except signing.BadSignature:
        raise Http404(_("This link is too old, or was cut off. Ask for a new one.")) from None
    channel = next((one for one in channels.known() if one.slug == name), None)
    if channel is None:
        raise Http404
    if fetch_product(slug, channel=channel):
        market = urlencode({channels.PARAMETER: channel.slug})
        return HttpResponseRedirect(f"{reverse('storefront:product', args=[slug])}?{market}")
    found = fetch_product(slug, channel=channel, client=clients.staff())
    if found is None:
        raise Http404
    return product.render_preview(request, product.Offer(found, channel, is_elsewhere=False))
