"""Warehouses, stock rows, allocations, reservations, and the log of stock movements.

The only code that writes stock rows; every change locks the rows in primary-key order and logs a movement. Also the
operations that create products and variants together with their stock. May import `shipping`, `catalog` and what is
below them; orders and checkouts, which are above, pass variant and line ids.
"""
