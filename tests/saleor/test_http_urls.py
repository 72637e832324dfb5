import pytest

from store.saleor.http_urls import InvalidHttpUrl, parse_http_url


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("https://shop.example/set/?next=/a%20b#top", "shop.example", None),
        ("HTTP://Shop.Example:8000", "shop.example", 8000),
        ("http://[::1]:8000/", "[::1]", 8000),
        ("http://payment_app:9000/hook", "payment_app", 9000),
        ("https://shop.example?next=1", "shop.example", None),
        ("https://shop.example/größe", "shop.example", None),
    ],
)
def test_an_address_that_everybody_reads_alike(text, host, port):
    found = parse_http_url(text)
    assert (found.text, found.host, found.port) == (text, host, port)


@pytest.mark.parametrize(
    "text",
    [
        "http://evil.example\\@shop.example/",
        "http://evil.example\\.shop.example/",
        "http:\\\\evil.example/",
        "https://shop.example\\..\\",
        "https://shop.example@evil.example/",
        "https://user:password@shop.example/",
        "//evil.example/",
        "https:evil.example",
        "https:/evil.example",
        "https:///evil.example",
        " https://shop.example/",
        "https://shop.example/ ",
        "https://shop.example/a\r\nSet-Cookie: a=b",
        "https://shop\t.example/",
        "https://shop.example\x00.evil.example/",
        "https://shop.example\u3002evil.example/",
        "https://shop．example/",
        "https://shop.example:0/",
        "https://shop.example:99999/",
        "https://shop.example:80:90/",
        "https://[::1/",
        "https://",
        "javascript:alert(1)//https://shop.example/",
        "data:text/html,hello",
        "ftp://shop.example/",
        "https://shop.example/" + "a" * 2048,
        "",
        None,
        7,
    ],
)
def test_an_address_that_a_browser_may_read_differently_is_refused(text):
    with pytest.raises(InvalidHttpUrl):
        parse_http_url(text)
