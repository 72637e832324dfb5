"""A list of products to come back to. It stands in the address only, `/wishlist/?product=…&product=…`, so it can be
shared. The browser of whoever saves products keeps it (static/storefront/kept_products.js); the shop keeps nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from store.storefront import channels, product_list, view_decorators
from store.storefront.page_context import render
from store.storefront.product_cards import ProductCard

PARAMETER = "product"
MOST = 24  # what one call of the list's cards answers


@dataclass(frozen=True, slots=True)
class WishlistItem:
    """`url_without`: the list without it."""

    card: ProductCard
    url_without: str


@view_decorators.public
def wishlist(request: HttpRequest) -> HttpResponse:
    """Products that are not sold here are left out, and can be taken off the list of this browser."""
    asked = list(dict.fromkeys(request.GET.getlist(PARAMETER)))[:MOST]
    cards = product_list.fetch_cards(channels.current_channel(request).slug, asked, "")[0] if asked else {}
    slugs = [slug for slug in asked if slug in cards]
    items = [WishlistItem(cards[slug], url_of([one for one in slugs if one != slug])) for slug in slugs]
    context = {
        "items": items,
        "gone": [slug for slug in asked if slug not in cards],
        "most": MOST,
        "canonical": settings.PUBLIC_URL + request.path,
    }
    response = render(request, "wishlist.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def url_of(slugs: Sequence[str]) -> str:
    query = urlencode([(PARAMETER, slug) for slug in slugs])
    return reverse("storefront:wishlist") + (f"?{query}" if query else "")
