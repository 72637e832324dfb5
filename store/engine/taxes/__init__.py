"""Tax classes, their rates by country, and operations on the tax configurations of channels.

`tax_rates` determines the rate of a tax class in a channel and country. May import `channels` and what is below it.
"""
