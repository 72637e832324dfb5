"""The basket and its way to an order: lines, addresses, delivery, promo codes, totals, payment, completion.

The uppermost subject: may import every other one, but never graphene. `quote` is the one place that works out what a
checkout costs; `complete` is the one place that turns it into an order. Storefront pages reach it through the API only.
"""
