"""The first page: what we sell, by material, and where the guides are."""

from django.http import HttpRequest, HttpResponse

from store.saleor import clients
from store.storefront import channels, guide_content, open_graph_images, view_decorators
from store.storefront.page_context import render

FIRST_GUIDES = ("first-session", "silicone-squeeze", "plastic-pump", "glass-bulb-or-valve")


@view_decorators.public
def home(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    data = clients.storefront().home_page(channel=channel.slug)
    categories = [edge.node for edge in data.categories.edges] if data.categories else []
    first_sets = data.collection.products if data.collection else None
    return render(
        request,
        "home.html",
        {
            "card": open_graph_images.card_url(open_graph_images.HOME_PRODUCT),
            "categories": [c for c in categories if c.products and c.products.total_count],
            "first_sets": [edge.node for edge in first_sets.edges] if first_sets else [],
            "guides": guide_content.guide_cards(FIRST_GUIDES),
        },
    )
