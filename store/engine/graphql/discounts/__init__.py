"""Saleor's vouchers and gift cards in GraphQL. May import `engine.discounts` and what lies below."""

from store.engine.graphql.discounts import (
    gift_card_events,
    gift_cards,
    types,
    voucher_mutations,
    voucher_queries,
)

__all__ = ["gift_card_events", "gift_cards", "types", "voucher_mutations", "voucher_queries"]
