"""Payments as Saleor's transactions: items, their events, and the gateways that process them.

May import events and everything below. Amounts of a transaction are always recalculated from its events
(`transaction_amounts`), never incremented. Checkouts and orders belong to packages above, so a transaction knows only
their ids; `checkout.payment` connects them.
"""
