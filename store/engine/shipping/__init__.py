"""Shipping zones and shipping methods, their channel listings and postal code rules.

`available_methods` determines which methods an order of a given value, weight and address may use. May import
`catalog`, `accounts`, `taxes`, `channels` and what is below them.
"""
