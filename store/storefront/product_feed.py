"""The products of a market for merchant centers: RSS 2.0 with the attributes of Google's product data specification.

`/feeds/products.xml`, `/de/feeds/products.xml`: the texts in that language. `?market=eu`: another market than the
default one; the links name it, so that the page shows the price of the feed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from store.saleor import clients
from store.saleor.client.enums import CountryCode
from store.saleor.client.product_feed import (
    ProductFeed,
    ProductFeedProductsEdgesNode,
    ProductFeedProductsEdgesNodeProductVariantsEdgesNode,
)
from store.saleor.translations import translated_name
from store.storefront import channels, languages, richtext, view_decorators
from store.storefront.channels import Channel
from store.storefront.connections import all_nodes
from store.storefront.delivery_offers import DeliveryOffer, delivery_offers
from store.storefront.values import Money, absolute_url, taxed_money, variant_picture

PER_CALL = 100
MAX_DESCRIPTION = 5000  # characters, as the specification says


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A variant. `group` is its product's slug. `price_before`: without its discount, None where it has none."""

    id: str
    group: str
    title: str
    description: str
    url: str
    image: str
    category: str
    is_in_stock: bool
    price: Money
    price_before: Money | None
    shipping: Sequence[DeliveryOffer]


@view_decorators.public
def feed(request: HttpRequest) -> HttpResponse:
    channel = channels.current_channel(request)
    context = {
        "items": list(_items(channel)),
        "channel": channel,
        "url": settings.PUBLIC_URL + reverse("storefront:home"),
    }
    body = render_to_string("storefront/product_feed.xml", context)
    return HttpResponse(body, content_type="application/xml; charset=utf-8")


def _items(channel: Channel) -> Iterator[FeedItem]:
    first = _fetch(channel)
    offers = delivery_offers(first.shop.available_shipping_methods)
    for product in all_nodes(first.products, lambda cursor: _fetch(channel, cursor).products):
        if product.is_available_for_purchase and product.product_variants:
            for edge in product.product_variants.edges:
                yield from _item(product, edge.node, channel, offers)


def _fetch(channel: Channel, after: str | None = None) -> ProductFeed:
    """A hundred products. Raises SaleorError."""
    return clients.storefront().product_feed(
        channel=channel.slug,
        country=CountryCode(channel.country),
        first=PER_CALL,
        after=after,
        language=languages.current_code(),
    )


def _item(
    product: ProductFeedProductsEdgesNode,
    variant: ProductFeedProductsEdgesNodeProductVariantsEdgesNode,
    channel: Channel,
    offers: Sequence[DeliveryOffer],
) -> Iterator[FeedItem]:
    """Nothing for a variant without a price or a picture: a merchant center takes neither."""
    gross = bool(product.pricing and product.pricing.display_gross_prices)
    pricing, picture = variant.pricing, variant_picture(variant.media, product.thumbnail)
    if pricing is None or pricing.price is None or picture is None:
        return
    price = taxed_money(pricing.price).shown(gross=gross)
    before = (
        taxed_money(pricing.price_undiscounted).shown(gross=gross) if pricing.price_undiscounted else price
    )
    own = product.translation
    yield FeedItem(
        id=variant.sku or variant.id,
        group=product.slug,
        title=_title(translated_name(product), translated_name(variant)),
        description=richtext.plain((own and own.description) or product.description or "")[:MAX_DESCRIPTION],
        url=_url(product.slug, variant.sku or "", channel),
        image=absolute_url(picture.url),
        category=translated_name(product.category) if product.category else "",
        is_in_stock=variant.quantity_available is None or variant.quantity_available > 0,
        price=price,
        price_before=before if before.amount > price.amount else None,
        shipping=[one for one in offers if one.price.currency == price.currency and one.fits(price.amount)],
    )


def _title(product: str, variant: str) -> str:
    return f"{product}, {variant}" if variant and variant != product else product


def _url(slug: str, sku: str, channel: Channel) -> str:
    """The page of the variant, in this market: a price that is not the page's gets a feed refused."""
    query = ({"sku": sku} if sku else {}) | (
        {channels.PARAMETER: channel.slug} if not channel.is_default else {}
    )
    path = settings.PUBLIC_URL + reverse("storefront:product", args=[slug])
    return f"{path}?{urlencode(query)}" if query else path
