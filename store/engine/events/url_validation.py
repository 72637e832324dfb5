"""Where a webhook may go: never to this machine or its private neighbours, unless settings allow it."""

import ipaddress
import socket

from django.conf import settings
from httpx2 import URL


class Refused(Exception):
    """The target may not be called; the text goes into the delivery log."""


def resolve(url: URL) -> str:
    """The one address to connect to. Resolved here and used as it is, so that a second answer of the name
    server can't lead the connection elsewhere."""
    if url.scheme not in ("http", "https") or not url.host:
        raise Refused("Only http and https addresses can be called")
    try:
        found = socket.getaddrinfo(url.host, url.port or None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ConnectionError(f"{url.host} has no address: {error}") from error
    addresses = [str(entry[4][0]) for entry in found]
    if not getattr(settings, "WEBHOOK_ALLOW_PRIVATE_ADDRESSES", False):
        for address in addresses:
            if not ipaddress.ip_address(address.split("%")[0]).is_global:
                raise Refused("Invalid IP address")
    return addresses[0]
