"""The IP address of the client, also behind a proxy, and whether the client came by https.

Each proxy appends to `X-Forwarded-For` the address that it was asked from, so the header is read from the right, as
far as the addresses are our own proxies' (`settings.TRUSTED_PROXIES`). What stands further left, the client says.
`X-Forwarded-Proto` is believed from such a proxy only: anybody else could claim https and be answered without the
redirect to it, with cookies and links meant for https.
"""

import ipaddress
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

MAX_PROXIES = 10


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address and drops what strangers say of the scheme."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        peer, forwarded = request.META.get("REMOTE_ADDR", ""), request.META.get("HTTP_X_FORWARDED_FOR", "")
        if "HTTP_X_FORWARDED_PROTO" in request.META and not _is_trusted_peer(peer):
            del request.META["HTTP_X_FORWARDED_PROTO"]
        request.META["REMOTE_ADDR"] = client_address(peer, forwarded)
        return self.get_response(request)


def client_address(peer: str, forwarded_for: str) -> str:
    """The address of the client that `peer` asks for; the last proxy's own if it does not say."""
    found = peer
    for text in [peer, *reversed(forwarded_for.split(","))][: MAX_PROXIES + 1]:
        ip = _parse(text)
        if ip is None:
            break
        found = str(ip)
        if not is_trusted_proxy(ip):
            break
    return found


def _is_trusted_peer(peer: str) -> bool:
    ip = _parse(peer)
    return ip is not None and is_trusted_proxy(ip)


def is_trusted_proxy(ip: IPv4Address | IPv6Address) -> bool:
    return any(ip in network for network in _networks(tuple(settings.TRUSTED_PROXIES)))


@lru_cache(maxsize=4)
def _networks(texts: tuple[str, ...]) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    return [ipaddress.ip_network(text.strip(), strict=False) for text in texts]


@lru_cache(maxsize=4096)
def _parse(text: str) -> IPv4Address | IPv6Address | None:
    """Also with a port, as some proxies write it: `192.0.2.1:4711`, `[2001:db8::1]:4711`."""
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return None
    return ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
