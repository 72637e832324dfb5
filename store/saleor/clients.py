"""The clients of this process: `storefront()` without a token, `signed_in()` with that of a customer, `staff()` with
that of our own app.

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


def storefront(*, client_address: str = "") -> Client:
    """The client with a shopper's permissions. Its calls raise SaleorError.

    `client_address`: the shopper's IP address, for calls that are slowed down for whoever tries too often.
    """
    guest = _clients["storefront"]
    return Client(guest.transport, client_address=client_address) if client_address else guest


def signed_in(token: str) -> Client:
    """The client with the permissions of the customer whose access token this is. Its calls raise SaleorError."""
    return _clients["storefront"].with_token(token)


def staff() -> Client:
    """The client with the permissions of our app. Its calls raise SaleorError."""
    return _clients["staff"]
