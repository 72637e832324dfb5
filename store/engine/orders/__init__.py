"""What was bought: orders and their lines, parcels sent, refunds promised, and the story of each order.

May import payments, discounts, stock and everything below. An order comes from `store.engine.checkout`.
Amounts and names on an order are copies: changing the catalogue never rewrites the past.
"""
