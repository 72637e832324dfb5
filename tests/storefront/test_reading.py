"""Guides, inserts and the self-check as pages."""

import pytest
from django.test import Client

from store.saleor.errors import NetworkError
from tests.storefront.double import Double


def test_every_guide_is_in_the_index(shopper: Client) -> None:
    from store import guidebook

    page = shopper.get("/guides/").text
    assert all(f'href="/guides/{slug}/"' in page for slug in guidebook.library().guides)


def test_a_guide_speaks_the_language_asked_for(shopper: Client) -> None:
    page = shopper.get("/guides/first-session/?lang=de").text
    assert '<article class="reading" lang="de">' in page
    assert "Ihre erste Anwendung" in page


def test_a_guide_shows_the_sets_it_comes_with_in_one_call(shopper: Client, saleor: Double) -> None:
    assert "Comes with" in shopper.get("/guides/first-session/").text
    assert [name for name, _ in saleor.asked] == ["ProductsOfGuide"]


def test_a_guide_can_be_read_while_the_shop_is_away(shopper: Client, saleor: Double) -> None:
    saleor.answers["ProductsOfGuide"] = NetworkError("http://shop", "refused")
    page = shopper.get("/guides/first-session/")
    assert page.status_code == 200
    assert "Your first session" in page.text


@pytest.mark.parametrize(
    "address", ["/guides/fire-cupping/", "/inserts/copper-cups/", "/inserts/copper-cups.pdf"]
)
def test_what_was_never_written_is_a_404(shopper: Client, address: str) -> None:
    assert shopper.get(address).status_code == 404


def test_an_insert_says_its_version_and_who_made_it(shopper: Client) -> None:
    page = shopper.get("/inserts/silicone-cups/").text
    assert "Version 1.0" in page
    assert "gb-colophon" in page


def test_an_insert_of_a_version_we_never_printed_says_so(shopper: Client) -> None:
    page = shopper.get("/inserts/silicone-cups/?v=0.3").text
    assert "We know no version 0.3." in page


def test_the_current_version_is_confirmed(shopper: Client) -> None:
    page = shopper.get("/inserts/silicone-cups/?v=1.0").text
    assert "it is the newest" in page


def test_the_self_check_takes_no_answer(shopper: Client, saleor: Double) -> None:
    page = shopper.get("/guides/is-cupping-for-me/").text
    inside = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in inside
    assert inside.count('type="radio"') > 20
    assert saleor.asked == []


def test_the_self_check_reads_as_lists_without_a_script(shopper: Client) -> None:
    page = shopper.get("/guides/is-cupping-for-me/").text
    assert "data-without-script" in page
    assert "data-self-check hidden" in page
