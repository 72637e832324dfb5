"""Orders: their lines, fulfillments, granted refunds and events.

May import payments, discounts, stock, shipping and everything below, but not checkout, which creates the orders.
Amounts and names on an order are copies: changes of the catalog never alter it.
"""
