"""Vouchers with their codes and limits, and gift cards.

Computes what a voucher takes off (`voucher_arithmetic`); checkout and orders, which are above, decide when a use is
recorded. May import `catalog`, `accounts` and what is below them. Promotions, sales and manual discounts are not part
of this shop.
"""
