"""SSRF protection: a webhook may not call private or local IP addresses, unless settings allow it."""

import ipaddress
import socket

from django.conf import settings
from httpx2 import URL


class ForbiddenAddress(Exception):
    """The target may not be called; the message goes into the delivery log."""


def resolve(url: URL) -> str:
    """The IP address to connect to. The caller connects to it and not to the name, so that a second DNS answer
    (DNS rebinding) can't lead elsewhere.

    Raises ForbiddenAddress, or ConnectionError when the name does not resolve.
    """
    if url.scheme not in ("http", "https") or not url.host:
        raise ForbiddenAddress("Only http and https addresses can be called")
    try:
        entries = socket.getaddrinfo(url.host, url.port or None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ConnectionError(f"{url.host} has no address: {error}") from error
    addresses = [str(entry[4][0]) for entry in entries]
    if not getattr(settings, "WEBHOOK_ALLOW_PRIVATE_ADDRESSES", False):
        for address in addresses:
            if not ipaddress.ip_address(address.split("%")[0]).is_global:
                raise ForbiddenAddress("Invalid IP address")
    return addresses[0]
