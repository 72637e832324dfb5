"""What a stranger sends is not kept in the memory of a cache that counts its entries and not their bytes."""

import gc
import tracemalloc
from collections.abc import Callable

import pytest
from django.test import RequestFactory

from store.saleor.email_addresses import clean_email_address
from store.storefront import languages
from store.storefront.page_cache import CachedPage

SENT, TIMES = 60_000, 50  # bytes of each, as a header may have


def send_address(number: int) -> None:
    assert clean_email_address(" " * SENT + f"ada{number}@example.com") == f"ada{number}@example.com"


def send_languages(number: int) -> None:
    header = f"de;q=1,{number};" + "x" * SENT
    languages.preferred_by(RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE=header))


def send_codings(number: int) -> None:
    page = CachedPage.of(b"page", {}, [])
    assert page.body(f"br,{number}," + "x" * SENT) == ("", b"page")


@pytest.mark.parametrize("send", [send_address, send_languages, send_codings], ids=lambda send: send.__name__)
def test_long_texts_of_strangers_are_not_kept(send: Callable[[int], None]) -> None:
    send(-1)  # what is read once stays
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(TIMES):
            send(number)
        gc.collect()
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < TIMES * SENT / 4
