"""Saleor's words for the shop as a place of business: shop, channels, taxes, shipping zones and methods.

Also what other subjects' resolvers ask of it: `place` (the channel of a request, its taxes), `translating`.
"""

from store.engine.graphql.channels import channels, mutations, shipping, shop, taxes

__all__ = ["channels", "mutations", "shipping", "shop", "taxes"]
