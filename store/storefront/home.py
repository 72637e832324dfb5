"""The first page: what we sell, by material, and where the guides are."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from store.saleor import clients
from store.saleor.client import fragments
from store.saleor.translations import translated_name
from store.storefront import (
    channels,
    guide_content,
    languages,
    open_graph_images,
    structured_data,
    view_decorators,
)
from store.storefront.connections import ConnectionAnswer, all_nodes
from store.storefront.page_context import render
from store.storefront.product_cards import product_card
from store.storefront.values import Picture, picture

PICTURED = {
    "silicone",
    "glass",
    "plastic",
    "accessories",
}  # slugs of the categories that have static/brand/category-*
FIRST_GUIDES = ("first-session", "silicone-squeeze", "plastic-pump", "glass-bulb-or-valve")


@dataclass(frozen=True, slots=True)
class CategoryTile:
    """A category that has products. `banner`: its own picture below static/, without suffix; empty for one without,
    which shows `picture`, that of its first product.
    """

    slug: str
    name: str
    count: int
    picture: Picture | None
    banner: str

    @property
    def avif(self) -> str:
        return f"{self.banner}.avif"

    @property
    def webp(self) -> str:
        return f"{self.banner}.webp"


@view_decorators.public
def home(request: HttpRequest) -> HttpResponse:
    if (
        (remembered := languages.chosen(request))
        and "lang" not in request.GET
        and remembered != languages.current()
    ):
        return HttpResponseRedirect(languages.path_in(remembered, reverse("storefront:home")))
    channel = channels.current_channel(request)
    data = clients.storefront().home_page(
        channel=channel.slug, language=languages.current_code(), alt_key=languages.alt_key()
    )
    first_sets = data.collection.products if data.collection else None
    return render(
        request,
        "home.html",
        {
            "organization": structured_data.organization(),
            "card": open_graph_images.card_url(open_graph_images.HOME, languages.current()),
            "categories": list(_tiles(data.categories, channel.slug)),
            "first_sets": [product_card(edge.node) for edge in first_sets.edges] if first_sets else [],
            "guides": guide_content.guide_cards(FIRST_GUIDES, languages.current()),
        },
    )


def _tiles(first: ConnectionAnswer[fragments.CategoryTile] | None, channel: str) -> Iterator[CategoryTile]:
    def fetch_after(cursor: str) -> ConnectionAnswer[fragments.CategoryTile] | None:
        return (
            clients.storefront()
            .category_tiles(channel=channel, after=cursor, language=languages.current_code())
            .categories
        )

    for category in all_nodes(first, fetch_after):
        products = category.products
        if products and products.total_count:
            shown = picture(products.edges[0].node.thumbnail) if products.edges else None
            banner = f"brand/category-{category.slug}" if category.slug in PICTURED else ""
            yield CategoryTile(category.slug, translated_name(category), products.total_count, shown, banner)
