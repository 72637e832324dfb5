"""Tax classes, their rates by country, and the tax configuration of each channel.

`tax_rates` says which rate applies to a tax class in a channel and country; `tax_classes` holds the merchant's
operations. May import `channels` and what is below it.
"""
