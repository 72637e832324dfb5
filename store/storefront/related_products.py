"""The products that a guide or an insert belongs to."""

import logging
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from store.saleor import clients
from store.saleor.errors import SaleorError
from store.storefront import channels

GUIDES_ATTRIBUTE, INSERT_ATTRIBUTE = "guides", "safety-insert"  # product attributes that refer to a page
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RelatedProducts:
    """`cards`: the first four, with picture and price. `others`: name and slug of the rest."""

    cards: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)


def products_with_page(request: HttpRequest, attribute: str, page: str) -> RelatedProducts:
    """Products whose `attribute` refers to this page; none when Saleor does not answer.

    Safety information must stay readable then, so the error is logged and not raised.
    """
    try:
        data = clients.storefront().products_with_page(
            channel=channels.current_channel(request).slug, attribute=attribute, page=page
        )
    except SaleorError:
        log.warning("%s is shown without its products: Saleor did not answer", page, exc_info=True)
        return RelatedProducts()
    cards = [edge.node for edge in data.cards.edges] if data.cards else []
    products = [edge.node for edge in data.products.edges] if data.products else []
    shown = {card.slug for card in cards}
    return RelatedProducts(cards, [product for product in products if product.slug not in shown])
