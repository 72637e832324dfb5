"""Checkouts: lines, addresses, delivery, promo codes, totals, payment, and completion into an order.

The topmost domain package: it may import every other engine package except graphql and admin, and never graphene.
`quote` alone calculates what a checkout costs; `complete` alone turns it into an order. The storefront reaches it
through the API only.
"""
