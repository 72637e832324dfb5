"""Forms that act once: each carries a one-time key in a hidden field, so that a second sending does nothing.

A double click, a reload or a repeated request after a lost answer sends the same key. The operation records the key in
its own transaction (`orders.request_keys`); a form whose key was used is answered with the page that shows the result.
"""

import secrets

from django.contrib import messages
from django.http import HttpRequest

from store.engine.orders import request_keys

FIELD = "request_key"
SENT_TWICE = "This form was sent twice. It was done once; here is the result."


def new_key() -> str:
    return secrets.token_urlsafe(24)


def key_of(request: HttpRequest) -> str | None:
    """The key that the form was rendered with."""
    return request.POST.get(FIELD) or None


def was_done_before(request: HttpRequest) -> bool:
    """Whether an operation was already done with this form; then says so to the user."""
    done = request.method == "POST" and request_keys.was_used(key_of(request) or "")
    if done:
        messages.info(request, SENT_TWICE)
    return done
