"""Behind the store is a Saleor on another machine, and it hangs or is away."""

import re
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from store.saleor import clients
from store.saleor.errors import NetworkError
from store.saleor.last_known import LastKnown
from store.saleor.transports import CallLimits, HttpTransport
from store.saleor.validity import recording
from store.storefront import footer_menu, related_products
from store.storefront.page_cache import PAGES
from tests.storefront.saleor_double import SaleorDouble

THREADS = 16


@pytest.fixture
def real(settings: Any, saleor: SaleorDouble, monkeypatch: pytest.MonkeyPatch) -> Iterator[SaleorDouble]:
    settings.EMBEDDED = False
    products: LastKnown[related_products.RelatedProducts] = LastKnown(
        empty=related_products.RelatedProducts(), seconds=0.0
    )
    monkeypatch.setattr(related_products, "_last_known", products)
    links: LastKnown[Sequence[footer_menu.FooterLink]] = LastKnown(empty=(), seconds=60.0)
    monkeypatch.setattr(footer_menu, "_last_known", links)
    PAGES.clear()
    yield saleor
    PAGES.clear()


@pytest.mark.parametrize("path", ["/guides/", "/guides/first-session/", "/inserts/silicone-cups/"])
def test_twelve_requests_to_a_hanging_saleor_delay_no_guide(real: SaleorDouble, path: str) -> None:
    """The guide is there while all twelve are still waiting: no clock is asked."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/graphql/"
        transport = HttpTransport(address, limits=CallLimits(120, 120, THREADS - 4))
        clients.connect(transport, staff_token=None)
        with ThreadPoolExecutor(THREADS) as web:
            try:
                shop_pages = [web.submit(Client().get, "/products/", {"q": f"cup {n}"}) for n in range(12)]
                guide = web.submit(Client().get, path).result()
                done = [page.result().status_code for page in shop_pages if page.done()]
            finally:
                server.close()
            wait(shop_pages)
    assert (guide.status_code, done) == (200, [])
    assert {page.result().status_code for page in shop_pages} == {503}


def test_the_products_beside_a_guide_come_when_they_are_known(real: SaleorDouble) -> None:
    first = Client().get("/guides/first-session/")
    related_products._last_known.wait()
    second = Client().get("/guides/first-session/")
    assert first.status_code == second.status_code == 200
    assert "/products/" in second.text


def test_the_menu_of_the_footer_is_asked_for_once_for_all_pages(
    real: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = footer_menu._fetch

    def fetch(channel: str) -> Sequence[footer_menu.FooterLink]:
        asked.append(channel)
        return answer(channel)

    monkeypatch.setattr(footer_menu, "_fetch", fetch)
    pages = [Client().get(path) for path in ("/cart/", "/cart/", "/orders/find/", "/guides/aftercare/")]
    footer_menu._last_known.wait()
    assert [page.status_code for page in pages] == [200] * 4
    assert asked == ["default-channel"]


def test_a_page_made_of_the_last_known_answer_holds_until_another_comes() -> None:
    answers = iter(["one", "one", "two"])
    known: LastKnown[str] = LastKnown(empty="", seconds=0.0)

    def get() -> tuple[str, Any]:
        with recording() as recorder:
            value = known.get("key", lambda: next(answers))
        known.wait()
        return value, recorder.validities[0]

    value, empty = get()
    assert (value, empty.version) == ("", 0)
    assert empty.holds_until() is None  # "one" has come since


def away(*_: object) -> None:
    raise NetworkError("https://saleor.example/graphql/", "connection refused")


class _Valid:
    def holds_until(self) -> float | None:
        return time.time() + 60


class _NoLongerValid:
    def holds_until(self) -> float | None:
        return None


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/products/", "Buying is closed for the moment"),
        ("/de/products/", "Kaufen ist im Moment nicht möglich"),
        ("/es/products/", "De momento no se puede comprar"),
    ],
)
def test_a_page_of_before_is_shown_and_says_so(
    real: SaleorDouble, monkeypatch: pytest.MonkeyPatch, path: str, sentence: str
) -> None:
    answer = type(real).post
    monkeypatch.setattr(type(real), "post", lambda *given: replace(answer(*given), validity=_Valid()))
    fresh = _kept(path)
    monkeypatch.setattr(type(real), "post", away)
    page = Client().get(path)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert "ETag" not in page
    assert sentence in page.text
    assert sentence not in fresh
    assert Client().get("/cart/").status_code in (200, 503)


def test_nothing_can_be_bought_on_a_page_of_before(
    real: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = type(real).post
    monkeypatch.setattr(type(real), "post", lambda *given: replace(answer(*given), validity=_Valid()))
    fresh = _kept("/products/silicone-starter-set/")
    monkeypatch.setattr(type(real), "post", away)
    page = Client().get("/products/silicone-starter-set/").text
    assert re.findall(r"<button[^>]*>Add to cart", fresh) == [
        '<button class="button" type="submit" data-buy>Add to cart'
    ]
    assert re.findall(r"<button[^>]*>Add to cart", page) == [
        '<button class="button" type="submit" hidden disabled>Add to cart'
    ]


def test_without_a_page_of_before_it_says_that_the_shop_is_away(
    real: SaleorDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(real), "post", away)
    page = Client().get("/products/")
    assert (page.status_code, page["Retry-After"]) == (503, "30")


def _kept(path: str) -> str:
    """The page as it is made now, kept, and not valid any more."""
    text: str = Client().get(path).text
    (page,) = PAGES.plain._pages.values()
    page.validities = [_NoLongerValid()]
    return text
