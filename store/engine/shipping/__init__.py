"""Shipping zones and shipping methods, their channel prices and postal code rules.

`available_methods` says which methods an order of a given value, weight and address may use. May import `taxes`,
`channels` and what is below them.
"""
