"""The way back: from a guide or an insert to the sets it comes with."""

import logging
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from store.saleor import clients
from store.saleor.errors import SaleorError
from store.storefront import channels

GUIDES, INSERT = "guides", "safety-insert"  # the attributes of a product that point here
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Sets:
    """`cards`: the first few, with picture and price. `others`: name and slug of all the rest."""

    cards: list[Any] = field(default_factory=list)
    others: list[Any] = field(default_factory=list)


def sets_with(request: HttpRequest, attribute: str, page: str) -> Sets:
    """What is safe to use must stay readable when the shop is away, so there may be no sets then."""
    try:
        found = clients.storefront().products_with_page(
            channel=channels.chosen(request).slug, attribute=attribute, page=page
        )
    except SaleorError:
        log.warning("%s is shown without its products: the shop did not answer", page, exc_info=True)
        return Sets()
    cards = [edge.node for edge in found.cards.edges] if found.cards else []
    every = [edge.node for edge in found.products.edges] if found.products else []
    shown = {card.slug for card in cards}
    return Sets(cards, [one for one in every if one.slug not in shown])
