"""SSRF protection: what others name may not lead to private or local addresses, unless settings allow it."""

import ipaddress
import socket
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from httpx2 import URL

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class ForbiddenAddress(Exception):
    """The target may not be called; the message goes into the delivery log."""


class NoAddress(ConnectionError):
    """The name of the host does not resolve."""


def resolve(url: URL, *, allow_private: bool | None = None) -> str:
    """The IP address to connect to. The caller connects to it and not to the name, so that a second DNS answer
    (DNS rebinding) can't lead elsewhere. Of several addresses none may be private.

    `allow_private`: by default what settings say about webhooks. Raises ForbiddenAddress, or NoAddress.
    """
    if url.scheme not in ("http", "https") or not url.host:
        raise ForbiddenAddress("Only http and https addresses can be called")
    try:
        entries = socket.getaddrinfo(url.host, url.port or None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NoAddress(f"{url.host} has no address: {error}") from error
    addresses = [str(entry[4][0]) for entry in entries]
    if allow_private is None:
        allow_private = bool(getattr(settings, "WEBHOOK_ALLOW_PRIVATE_ADDRESSES", False))
    if not allow_private and not all(is_public(address) for address in addresses):
        raise ForbiddenAddress("Invalid IP address")
    return addresses[0]


def is_public(address: str) -> bool:
    """Whether it is an address of the internet, also of what an IPv6 address carries inside."""
    ip = _inner(ipaddress.ip_address(address.split("%", maxsplit=1)[0]))
    is_local = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or is_local)


def _inner(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for (mapped, 6to4, NAT64), else itself."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or ip
