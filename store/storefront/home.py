"""The first page: what we sell, by material, and where the guides are."""

from django.http import HttpRequest, HttpResponse

from store.saleor import shop
from store.storefront import cards, channels, door, reading
from store.storefront.page import render

FIRST_GUIDES = ("first-session", "silicone-squeeze", "plastic-pump", "glass-bulb-or-valve")


@door.catalogue
def home(request: HttpRequest) -> HttpResponse:
    channel = channels.chosen(request)
    found = shop.storefront().home_page(channel=channel.slug)
    categories = [edge.node for edge in found.categories.edges] if found.categories else []
    first_sets = found.collection.products if found.collection else None
    return render(
        request,
        "home.html",
        {
            "card": cards.card_url(cards.HOME),
            "categories": [c for c in categories if c.products and c.products.total_count],
            "first_sets": [edge.node for edge in first_sets.edges] if first_sets else [],
            "guides": reading.guide_cards(FIRST_GUIDES),
        },
    )
