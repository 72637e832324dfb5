"""Who buys and what was bought: customers, vouchers, gift cards, orders with their mails, open baskets.

Each is moved once and then belongs to the new shop; a later run adds only what is new.
"""
