"""Promises on the price: vouchers with their codes and limits, and gift cards.

May import catalog, people, shop and hooks. What a voucher takes off a basket is worked out here (`sums`);
when it is counted as used is the checkout's business. Promotions, sales and manual discounts are not part of this shop.
"""
