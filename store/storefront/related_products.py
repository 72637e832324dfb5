"""The products that a guide or an insert belongs to."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from store.saleor import clients
from store.saleor.errors import SaleorError
from store.saleor.last_known import LastKnown
from store.saleor.translations import translated_name
from store.storefront import channels, languages
from store.storefront.product_cards import ProductCard, product_card

GUIDES_ATTRIBUTE, INSERT_ATTRIBUTE = "guides", "safety-insert"  # product attributes that refer to a page
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProductLink:
    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class RelatedProducts:
    """`cards`: the first four, with picture and price. `others`: links to the rest."""

    cards: Sequence[ProductCard] = ()
    others: Sequence[ProductLink] = ()


_last_known: LastKnown[RelatedProducts] = LastKnown(
    empty=RelatedProducts(), seconds=settings.SALEOR_ASK_AGAIN_SECONDS
)


def products_with_page(request: HttpRequest, attribute: str, page: str) -> RelatedProducts:
    """Products whose `attribute` refers to this page; none when Saleor does not answer.

    Safety information must stay readable then. It does not wait for a Saleor on another machine at all.
    """
    channel, language = channels.current_channel(request).slug, translation.get_language()

    def fetch() -> RelatedProducts:
        with translation.override(language):
            return _fetch(channel, attribute, page)

    if not settings.EMBEDDED:
        return _last_known.get((channel, language, attribute, page), fetch)
    try:
        return fetch()
    except SaleorError:
        log.warning("%s is shown without its products: Saleor did not answer", page, exc_info=True)
        return RelatedProducts()


def _fetch(channel: str, attribute: str, page: str) -> RelatedProducts:
    """Raises SaleorError."""
    data = clients.storefront().products_with_page(
        channel=channel,
        attribute=attribute,
        page=page,
        language=languages.current_code(),
        alt_key=languages.alt_key(),
    )
    cards = [product_card(edge.node) for edge in data.cards.edges] if data.cards else []
    shown = {card.slug for card in cards}
    edges = data.products.edges if data.products else []
    return RelatedProducts(
        cards, [ProductLink(translated_name(e.node), e.node.slug) for e in edges if e.node.slug not in shown]
    )
