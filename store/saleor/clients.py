"""The two clients of this process: `storefront()` without a token, `staff()` with the token of our own app.

`store.wiring` connects both once per process; clients are thread-safe and cheap.
"""

from store.saleor.client.client import Client
from store.saleor.transports import CallLimits, HttpTransport, Transport

_clients: dict[str, Client] = {}


def connect(transport: Transport, *, staff_token: str | None) -> None:
    """Set the transport of both clients for the whole process."""
    _clients["storefront"] = Client(transport)
    _clients["staff"] = Client(transport, token=staff_token)


def limit_calls(limits: CallLimits) -> None:
    """For a shop over HTTP: how long its calls may take, and how many there may be at once."""
    transport = _clients["staff"].transport
    if isinstance(transport, HttpTransport):
        transport.limit(limits)


def storefront() -> Client:
    """The client with a shopper's permissions. Its calls raise SaleorError."""
    return _clients["storefront"]


def staff() -> Client:
    """The client with the permissions of our app. Its calls raise SaleorError."""
    return _clients["staff"]
