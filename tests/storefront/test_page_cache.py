"""Whole pages are kept for all who see the same, and for nobody else."""

import gzip
import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import brotli
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from store.saleor import clients
from store.saleor.validity import UNTIL_WRITTEN
from store.storefront import page_cache
from store.storefront.page_cache import PAGES, CachedPage, PageCache, PageKey
from store.storefront.page_cache_middleware import PageCacheMiddleware
from store.storefront.single_flight import SingleFlight
from tests.storefront.conftest import put_in_cart
from tests.storefront.saleor_double import SaleorDouble

PRODUCT = "/products/silicone-starter-set/"


class Revision:
    """A validity that ends when the test says so."""

    def __init__(self) -> None:
        self.number, self.asked = 0, 0


class Until:
    def __init__(self, revision: Revision) -> None:
        self.revision, self.number = revision, revision.number

    def holds_until(self) -> float | None:
        self.revision.asked += 1
        return UNTIL_WRITTEN if self.revision.number == self.number else None


@pytest.fixture
def revision(saleor: SaleorDouble) -> Revision:
    """The double's responses hold until `number` changes."""
    revision = Revision()

    class Transport:
        def post(self, body: bytes, headers: Any) -> Any:
            return replace(saleor.post(body, headers), validity=Until(revision))

    clients.connect(Transport(), staff_token=None)
    return revision


@pytest.fixture
def unchanged(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody writes to the database."""
    monkeypatch.setattr(page_cache, "_current_state", lambda: "the same")
    return


def rendered(saleor: SaleorDouble) -> int:
    """How often the shop was asked since the last time."""
    count = len(saleor.requests)
    saleor.requests.clear()
    return count


@pytest.mark.parametrize("path", ["/", "/products/", PRODUCT, "/guides/aftercare/", "/inserts/glass-cups/"])
def test_the_second_visitor_gets_the_kept_page(
    shopper: Client, saleor: SaleorDouble, revision: Revision, path: str
) -> None:
    first = shopper.get(path)
    assert rendered(saleor) > 0
    second = Client().get(path)
    assert rendered(saleor) == 0
    assert second.content == first.content
    assert dict(second.items()) == dict(first.items())
    assert not second.cookies


def test_a_kept_page_has_the_headers_that_protect_it(shopper: Client, revision: Revision) -> None:
    shopper.get(PRODUCT)
    kept = shopper.get(PRODUCT)
    assert "script-src 'self'" in kept["Content-Security-Policy"]
    assert kept["X-Content-Type-Options"] == "nosniff"
    assert kept["X-Frame-Options"] == "SAMEORIGIN"
    assert kept["Permissions-Policy"]
    assert kept["Cache-Control"] == "public, no-cache"
    assert {"Cookie", "Accept-Language", "Accept-Encoding"} <= set(kept["Vary"].split(", "))


def test_what_was_changed_is_seen_at_once(shopper: Client, saleor: SaleorDouble, revision: Revision) -> None:
    shopper.get(PRODUCT)
    rendered(saleor)
    revision.number += 1
    shopper.get(PRODUCT)
    assert rendered(saleor) > 0


def test_a_browser_that_has_the_page_is_told_so(
    shopper: Client, saleor: SaleorDouble, revision: Revision
) -> None:
    etag = shopper.get("/products/")["ETag"]
    unchanged = shopper.get("/products/", headers={"if-none-match": etag})
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)
    saleor.products[0]["name"] = "Another name"
    revision.number += 1
    changed = shopper.get("/products/", headers={"if-none-match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_each_reader_gets_the_coding_that_he_can_read(shopper: Client, revision: Revision) -> None:
    plain = shopper.get(PRODUCT).content
    zipped = shopper.get(PRODUCT, headers={"accept-encoding": "gzip, deflate"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain
    for _ in range(2):
        best = shopper.get(PRODUCT, headers={"accept-encoding": "gzip, deflate, br"})
        assert best["Content-Encoding"] == "br"
        assert best["Content-Length"] == str(len(best.content))
        assert brotli.decompress(best.content) == plain
    refused = shopper.get(PRODUCT, headers={"accept-encoding": "gzip;q=0, br;q=0"})
    assert "Content-Encoding" not in refused
    assert refused.content == plain


def test_languages_and_regions_do_not_mix(shopper: Client, revision: Revision) -> None:
    for _ in range(2):
        assert '<html lang="en">' in shopper.get("/guides/").text
        assert '<html lang="de">' in shopper.get("/de/guides/").text
        offered = shopper.get("/guides/", headers={"accept-language": "es-ES,en"}).text
        assert 'lang="es" role="region"' in offered
        assert 'class="language-offer"' not in shopper.get("/guides/").text
    shopper.cookies["region"] = "eu"
    for _ in range(2):
        assert re.search(r"€ EUR", shopper.get("/guides/").text)
        assert re.search(r"\$ USD", Client().get("/guides/").text)


def test_a_shopper_sees_the_own_cart_and_nobody_else_does(
    shopper: Client, saleor: SaleorDouble, revision: Revision
) -> None:
    def count(client: Client) -> str | None:
        found = re.search(r"data-cart-count( hidden)?>(\d+)", client.get("/products/").text)
        assert found
        return None if found[1] else found[2]

    one, three = Client(), Client()
    put_in_cart(one, saleor)
    put_in_cart(three, saleor)
    put_in_cart(three, saleor, quantity="2")
    for client in (one, three):
        del client.cookies["messages"]  # it was shown
    for _ in range(2):
        assert (count(one), count(three), count(Client())) == ("1", "3", None)
    assert three.get("/products/")["Cache-Control"] == "private, no-cache"


def test_a_forged_count_makes_no_page(shopper: Client, saleor: SaleorDouble, revision: Revision) -> None:
    for number in range(5):
        shopper.cookies["cart-default-channel"] = f"id|{number}:forged"
        shopper.get("/products/")
    assert len(PAGES.plain) == 1


def test_a_message_is_shown_once_to_the_one_it_is_for(
    shopper: Client, saleor: SaleorDouble, revision: Revision
) -> None:
    shopper.get(PRODUCT)
    put_in_cart(shopper, saleor)
    assert "is in your cart" in shopper.get(PRODUCT).text
    assert "is in your cart" not in shopper.get(PRODUCT).text
    assert "is in your cart" not in Client().get(PRODUCT).text


@pytest.mark.parametrize(
    "path", ["/nowhere/", "/cart/", "/region/", "/products/none/", "/products/?q=silicone"]
)
def test_other_pages_are_not_kept(shopper: Client, revision: Revision, path: str) -> None:
    page = shopper.get(path, headers={"accept-encoding": "gzip"})
    assert page["Content-Encoding"] == "gzip"
    assert PAGES.used_bytes == 0


def test_staff_and_other_hosts_get_pages_of_their_own(
    shopper: Client, settings: Any, revision: Revision
) -> None:
    shopper.get("/guides/")
    assert Client(headers={"host": "evil.example"}).get("/guides/").status_code == 400
    settings.ALLOWED_HOSTS = ["*"]
    PAGES.clear()
    Client(headers={"authorization": "Bearer x"}).get("/guides/")
    assert PAGES.used_bytes == 0


def test_a_page_without_an_answer_of_the_shop_is_not_kept(
    shopper: Client, saleor: SaleorDouble, revision: Revision
) -> None:
    """A guide is shown without its products while the shop is away, and with them when it is back."""
    clients.connect(saleor, staff_token=None)  # says nothing about validity
    shopper.get("/guides/aftercare/")
    assert PAGES.used_bytes == 0


def test_marks_of_advertisers_and_the_order_of_parameters_make_no_new_page(
    shopper: Client, saleor: SaleorDouble, revision: Revision
) -> None:
    first = shopper.get("/products/?material=glass&sort=price").text
    rendered(saleor)
    for query in ("sort=price&material=glass", "utm_source=x&material=glass&sort=price&gclid=1"):
        assert shopper.get(f"/products/?{query}").text == first
    assert rendered(saleor) == 0
    assert "gclid" not in first


def test_any_number_of_queries_takes_a_bounded_part_and_leaves_the_plain_pages(
    shopper: Client, monkeypatch: pytest.MonkeyPatch, revision: Revision
) -> None:
    pages = PageCache(2_000_000)
    monkeypatch.setattr("store.storefront.page_cache_middleware.PAGES", pages)
    shopper.get("/guides/")
    for number in range(60):
        shopper.get(f"/guides/?x={number}")
    assert len(pages.plain) == 1
    assert 5 < len(pages.with_query) < 60
    assert pages.with_query.used_bytes <= 500_000
    assert shopper.get(f"/guides/?{'x' * 400}").status_code == 200


@pytest.fixture
def no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_cache, "_current_state", lambda: None)


def page_of(size: int) -> CachedPage:
    body = bytes(range(256)) * (size // 256)
    return CachedPage.of(body, {}, [])


def test_memory_is_bounded_and_the_least_used_page_goes(no_database: None) -> None:
    pages = PageCache(400_000)
    key = PageKey("https", "/", "", "default-channel", None, 0)
    for number in range(100):
        pages.put(key._replace(path=f"/{number}/"), page_of(2560))
        assert pages.get(key._replace(path="/0/"))
    assert pages.used_bytes <= 400_000
    assert pages.get(key._replace(path="/1/")) is None
    pages.put(key._replace(path="/large/"), replace(page_of(256), compressed=b"x" * 100_000))
    assert pages.get(key._replace(path="/large/")) is None


def test_a_page_does_not_outlive_its_day(monkeypatch: pytest.MonkeyPatch, unchanged: None) -> None:
    page = page_of(2560)
    assert page.holds()
    monkeypatch.setattr("store.storefront.page_cache.time.time", lambda: page.end_of_day)
    assert not page.holds()


def test_while_nobody_writes_the_shop_is_not_asked(
    shopper: Client, monkeypatch: pytest.MonkeyPatch, revision: Revision, unchanged: None
) -> None:
    for _ in range(2):
        shopper.get(PRODUCT)
    asked = revision.asked  # once for each answer that the page was made of
    for _ in range(4):
        shopper.get(PRODUCT)
    assert revision.asked == asked
    monkeypatch.setattr(page_cache, "_current_state", lambda: "something was written")
    shopper.get(PRODUCT)
    assert revision.asked == 2 * asked


def test_many_who_want_a_page_at_once_render_it_once(revision: Revision, unchanged: None) -> None:
    rendered, together, pause = list[str](), threading.Barrier(8), threading.Event()

    def view(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        pause.wait(0.05)  # the others come meanwhile
        return HttpResponse("page")

    middleware = PageCacheMiddleware(view)

    def visit(_number: int) -> bytes:
        together.wait()
        return middleware(RequestFactory().get("/guides/")).content

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(visit, range(8))) == {b"page"}
    assert rendered == ["/guides/"]


def test_one_that_fails_lets_the_others_go_on() -> None:
    flights = SingleFlight()
    with pytest.raises(ValueError, match="no page"), flights.flight("page"):
        raise ValueError("no page")
    with flights.flight("page"):
        assert list(flights._running) == ["page"]
    assert not flights._running


@pytest.mark.parametrize(
    ("query", "headers"),
    [
        ("x=gr%C3%BCn", {"CONTENT_TYPE": "text/plain; charset=iso-8859-1"}),
        ("x=grün".encode().decode("latin-1"), {}),  # bytes that are not percent-encoded
    ],
)
def test_a_query_that_a_view_reads_otherwise_than_the_key_makes_no_page_for_others(
    shopper: Client, revision: Revision, query: str, headers: dict[str, str]
) -> None:
    shopper.get("/guides/", QUERY_STRING=query, **headers)
    assert PAGES.used_bytes == 0
    shopper.get("/guides/", QUERY_STRING="x=gr%C3%BCn")
    assert len(PAGES.with_query) == 1
