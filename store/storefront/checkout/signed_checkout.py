"""The checkout that a payment form is for, signed: it stays the same when the cart's cookie is gone or another channel
was chosen in the meantime.
"""

from django.core import signing

SALT = "storefront.payment"
MAX_AGE = 24 * 3600  # seconds


def sign_checkout_id(checkout_id: str) -> str:
    return signing.dumps(checkout_id, salt=SALT, compress=True)


def read_checkout_id(signed: str) -> str | None:
    """None for an empty, altered or old one."""
    try:
        return str(signing.loads(signed, salt=SALT, max_age=MAX_AGE))
    except signing.BadSignature:
        return None
