"""The checkout, stop by stop: contact and address, delivery, insert and payment.

Each stop is a plain form: POST, then redirect to the next. A stop that is not yet due sends back to the first
one that is.
"""
