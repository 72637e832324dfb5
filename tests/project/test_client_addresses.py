import pytest

from store.client_addresses import client_address


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
