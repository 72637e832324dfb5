"""Asks the shop whether variants can be ordered now in a market."""

from collections.abc import Sequence
from dataclasses import dataclass

from store.saleor import clients
from store.saleor.client.enums import LanguageCodeEnum
from store.saleor.client.variant_availability import VariantAvailabilityProductVariantsEdgesNode as Answer
from store.saleor.translations import translated_name

BATCH = 100  # variants in one question, the most that Saleor answers


@dataclass(frozen=True, slots=True)
class Availability:
    """`name`: of the product, with the variant's where there are several."""

    name: str
    can_be_ordered: bool


def ask(ids: Sequence[str], *, channel: str, language: str) -> dict[str, Availability]:
    """By variant id; one that is gone, or that the market does not show, is missing. Raises SaleorError."""
    found: dict[str, Availability] = {}
    for first in range(0, len(ids), BATCH):
        answer = clients.storefront().variant_availability(
            ids=list(ids[first : first + BATCH]),
            channel=channel,
            language=LanguageCodeEnum(language.upper()),
        )
        edges = answer.product_variants.edges if answer.product_variants else ()
        found |= {edge.node.id: _availability(edge.node) for edge in edges}
    return found


def _availability(variant: Answer) -> Availability:
    product, available = variant.product, variant.quantity_available
    name = translated_name(product)
    siblings = product.product_variants.edges if product.product_variants else ()
    return Availability(
        name=f"{name}, {translated_name(variant)}" if len(siblings) > 1 else name,
        can_be_ordered=bool(product.is_available_for_purchase) and (available is None or available > 0),
    )
