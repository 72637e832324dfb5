"""The two voices in which our rooms speak to the shop.

`storefront()` has a shopper's rights (none), `staff()` the rights of our own app. Both are set by
`store.wiring` once per process; clients are thread-safe and cheap.
"""

from store.saleor.client.client import Client
from store.saleor.transports import Transport

_clients: dict[str, Client] = {}


def connect(transport: Transport, *, staff_token: str | None) -> None:
    """Decide who answers, from now on, for the whole process."""
    _clients["storefront"] = Client(transport)
    _clients["staff"] = Client(transport, token=staff_token)


def storefront() -> Client:
    return _clients["storefront"]


def staff() -> Client:
    return _clients["staff"]
