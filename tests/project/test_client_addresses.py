import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from store.client_addresses import ClientAddressMiddleware, client_address


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # not our proxy: what it says is not believed
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),  # the client made up the first
        ("127.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.3", "198.51.100.1"),  # two proxies
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("127.0.0.1", "[2001:db8::1]:4711", "2001:db8::1"),
        ("::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "198.51.100.1, evil", "127.0.0.1"),
        ("127.0.0.1", ",".join(["10.0.0.1"] * 1000), "10.0.0.1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_nearest_that_is_not_our_own(peer, forwarded_for, client):
    assert client_address(peer, forwarded_for) == client


def test_a_merchant_says_which_proxies_are_trusted(settings):
    settings.TRUSTED_PROXIES = ["203.0.113.0/24"]
    assert client_address("203.0.113.9", "198.51.100.1") == "198.51.100.1"
    assert client_address("127.0.0.1", "198.51.100.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("peer", "is_https"), [("127.0.0.1", True), ("10.1.2.3", True), ("203.0.113.9", False), ("", False)]
)
def test_only_our_own_proxy_can_say_that_the_client_came_by_https(settings, peer, is_https):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = RequestFactory().get("/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https")
    seen = []
    ClientAddressMiddleware(lambda asked: seen.append(asked.is_secure()) or HttpResponse())(request)
    assert seen == [is_https]


def test_a_stranger_that_claims_https_is_sent_to_https_and_never_answered_from_the_page_cache(
    client, settings, db
):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/", REMOTE_ADDR="203.0.113.9", HTTP_X_FORWARDED_PROTO="https")
    assert response.status_code == 301
    assert response["Location"].startswith("https://")
