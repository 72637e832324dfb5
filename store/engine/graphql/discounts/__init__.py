"""Saleor's words for vouchers and gift cards."""

from store.engine.graphql.discounts import gift_cards, types, voucher_mutations, voucher_queries

__all__ = ["gift_cards", "types", "voucher_mutations", "voucher_queries"]
