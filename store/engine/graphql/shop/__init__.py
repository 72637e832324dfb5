"""Saleor's words for the shop as a place of business: shop, channels, taxes, shipping zones and methods.

Also what other subjects' resolvers ask of it: `place` (the channel of a request, its taxes), `translating`.
"""

from store.engine.graphql.shop import changes, channels, shipping, shop, taxes

__all__ = ["changes", "channels", "shipping", "shop", "taxes"]
