"""The checkout pages: contact and address, delivery, then review and payment.

Each step is a plain form: POST, then a redirect to the next one. A step that is not due yet redirects to the
first one that is.
"""
