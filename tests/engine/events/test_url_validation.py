"""Where the shop's own requests may go."""

import socket

import httpx2
import pytest

from store.engine.catalog import image_download
from store.engine.errors import OperationError
from store.engine.events import checked_requests, url_validation

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "::7f00:1", "::ffff:0:127.0.0.1", "64:ff9b:1::7f00:1", "fec0::1", "5f00::1", "240.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2002:a00:1::",
]  # fmt: skip


@pytest.fixture
def dns(monkeypatch):
    """Names resolve to what is put here; each look-up is noted."""
    names: dict[str, list[str]] = {}
    asked: list[str] = []

    def getaddrinfo(host, port, *_, **__):
        asked.append(host)
        if host not in names:
            raise socket.gaierror("unknown")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in names[host]]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    names["asked"] = asked
    return names


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_address_is_refused_whatever_its_form(dns, address):
    dns["inside.example"] = [address]
    with pytest.raises(url_validation.ForbiddenAddress):
        url_validation.resolve(httpx2.URL("http://inside.example/"))
    dns["inside.example"] = ["93.184.216.34", address]
    with pytest.raises(url_validation.ForbiddenAddress):
        url_validation.resolve(httpx2.URL("http://inside.example/"))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_a_public_address_is_taken(dns, address):
    dns["outside.example"] = [address]
    assert url_validation.resolve(httpx2.URL("https://outside.example/")) == address


def test_a_picture_is_fetched_from_the_address_that_was_checked(dns, monkeypatch):
    dns["pictures.example"] = ["93.184.216.34"]
    fetched: list[httpx2.Request] = []

    def answer(request):
        fetched.append(request)
        return httpx2.Response(200, headers={"content-type": "image/png"}, content=b"x")

    monkeypatch.setattr(
        checked_requests, "_client", lambda: httpx2.Client(transport=httpx2.MockTransport(answer))
    )
    image = image_download.download_image("https://pictures.example/a/cup.png?x=1")
    assert (image.name, image.read(), dns["asked"]) == ("cup.png", b"x", ["pictures.example"])
    [request] = fetched
    assert (request.url.host, request.headers["host"], request.extensions["sni_hostname"]) == (
        "93.184.216.34",
        "pictures.example",
        "pictures.example",
    )


@pytest.mark.parametrize(
    "url",
    [
        "http://inside.example/x.png",
        "http://unknown.example/x.png",
        "file:///etc/passwd",
        "ftp://pictures.example/x.png",
        "http://user:pw@pictures.example/x.png",
        "http://pictures.example\\@inside.example/x.png",
        "http://2130706433/x.png",
        "http://[::1]/x.png",
        "",
    ],
)
def test_no_picture_comes_from_inside(dns, monkeypatch, url):
    dns |= {
        "inside.example": ["10.0.0.1"],
        "pictures.example": ["93.184.216.34"],
        "2130706433": ["127.0.0.1"],
    }
    dns["::1"] = ["::1"]
    monkeypatch.setattr(checked_requests, "_client", lambda: pytest.fail("it was asked"))
    with pytest.raises(OperationError) as refused:
        image_download.download_image(url)
    assert refused.value.field == "mediaUrl"


def test_a_webhook_of_a_private_network_is_not_a_picture_of_one(dns, settings):
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = True
    dns["inside.example"] = ["10.0.0.1"]
    assert url_validation.resolve(httpx2.URL("http://inside.example/")) == "10.0.0.1"
    with pytest.raises(OperationError):
        image_download.download_image("http://inside.example/x.png")
