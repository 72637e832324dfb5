"""Guides, inserts and the self-check as pages."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from store import guidebook
from store.saleor.errors import NetworkError
from store.storefront.languages import path_in
from tests.storefront.saleor_double import SaleorDouble


def test_every_guide_is_in_the_index(shopper: Client) -> None:
    page = shopper.get("/guides/").text
    assert all(f'href="/guides/{slug}/"' in page for slug in guidebook.library().guides)


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_the_index_and_what_stands_around_a_guide_speak_its_language(shopper: Client, lang: str) -> None:
    from store.storefront import guides

    page = shopper.get(path_in(lang, "/guides/")).text
    guide = shopper.get(path_in(lang, "/guides/glutes/")).text
    insert = shopper.get(path_in(lang, "/inserts/glass-cups/")).text
    with override(lang):
        assert f">{gettext('Guides')}</h1>" in page
        for topic in {guide.topic for guide in guidebook.library().guides.values()}:
            assert f">{guides.TOPIC_NAMES[topic]}</h2>" in page
        for label in ("On this page", "Comes with", "Read on"):
            assert f">{gettext(label)}<" in guide
        assert f">{gettext('Other inserts')}<" in insert


def test_every_guide_has_a_picture_in_the_index(shopper: Client) -> None:
    page = shopper.get("/guides/").text
    assert page.count('class="figure-well') == len(guidebook.library().guides)


def test_a_card_shows_the_drawing_that_is_most_its_own_but_no_warning_sign(shopper: Client) -> None:
    page = shopper.get("/guides/").text
    assert (
        len(re.findall(r'src="/static/guidebook/drawings/[\w.-]+" alt="" width="\d+" height="\d+"', page)) > 5
    )
    assert "/drawings/sign-" not in page
    card = page[page.index('href="/guides/hamstrings/"') - 400 : page.index('href="/guides/hamstrings/"')]
    assert "/drawings/map-hamstrings" in card


@pytest.mark.parametrize(("path", "question"), [("", "What is cupping?"), ("/de", "Was ist Schröpfen?")])
def test_machines_read_questions_with_their_answers(shopper: Client, path: str, question: str) -> None:
    page = shopper.get(f"{path}/guides/faq/").text
    [data] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    first = json.loads(data)["mainEntity"][0]
    assert first["name"] == question
    assert len(first["acceptedAnswer"]["text"]) > 40
    assert "FAQPage" not in shopper.get(f"{path}/guides/aftercare/").text


def test_a_guide_speaks_the_language_asked_for(shopper: Client) -> None:
    page = shopper.get("/de/guides/first-session/").text
    assert '<html lang="de">' in page
    assert '<article class="reading" data-keep="/de/offline.js">' in page
    assert "Ihre erste Anwendung" in page


def test_a_guide_shows_the_sets_it_comes_with_in_one_call(shopper: Client, saleor: SaleorDouble) -> None:
    assert "Comes with" in shopper.get("/guides/first-session/").text
    assert [name for name, _ in saleor.requests] == ["ProductsWithPage"]


def test_a_guide_can_be_read_while_the_shop_is_away(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.responses["ProductsWithPage"] = NetworkError("http://shop", "refused")
    page = shopper.get("/guides/first-session/")
    assert page.status_code == 200
    assert "Your first session" in page.text


@pytest.mark.parametrize(
    "address", ["/guides/fire-cupping/", "/inserts/copper-cups/", "/inserts/copper-cups.pdf"]
)
def test_what_was_never_written_is_a_404(shopper: Client, address: str) -> None:
    assert shopper.get(address).status_code == 404


def current_version() -> str:
    return guidebook.library().inserts["silicone-cups"].version


def test_an_insert_says_its_version_and_who_made_it(shopper: Client) -> None:
    page = shopper.get("/inserts/silicone-cups/").text
    assert f"Version {current_version()}" in page
    assert "gb-colophon" in page


def test_an_insert_of_a_version_we_never_printed_says_so(shopper: Client) -> None:
    page = shopper.get("/inserts/silicone-cups/?v=0.3").text
    assert "We know no version 0.3." in page


def test_the_current_version_is_confirmed(shopper: Client) -> None:
    page = shopper.get(f"/inserts/silicone-cups/?v={current_version()}").text
    assert "it is the newest" in page


def test_the_self_check_takes_no_answer(shopper: Client, saleor: SaleorDouble) -> None:
    page = shopper.get("/guides/is-cupping-for-me/").text
    inside = page[page.index("<main") : page.index("</main>")]
    assert "<form" not in inside
    assert inside.count('type="radio"') > 20
    assert saleor.requests == []


def test_the_self_check_has_five_steps_and_lists_for_old_browsers(shopper: Client) -> None:
    page = shopper.get("/guides/is-cupping-for-me/").text
    assert [f'id="check-{step}"' in page for step in range(1, 7)] == [True] * 5 + [False]
    assert page.count('value="yes" autocomplete') == page.count("<fieldset data-outcome") > 20
    assert 'class="prose check-lists"' in page


def test_an_insert_can_be_read_while_the_shop_is_away(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.responses["ProductsWithPage"] = NetworkError("http://shop", "refused")
    page = shopper.get("/inserts/glass-cups/")
    assert page.status_code == 200
    assert "Comes with" not in page.text


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_what_stands_around_an_insert_is_said_in_its_language(shopper: Client, lang: str) -> None:
    page = shopper.get(f"/inserts/silicone-cups/?v={current_version()}&lang={lang}", follow=True)
    with override(lang):
        words = gettext("Your printed insert has version %(version)s: it is the newest.")
    assert words % {"version": current_version()} in page.text


# --- offline --------------------------------------------------------------------------------------------
def test_the_worker_s_plan_holds_all_of_one_language_and_nothing_private(shopper: Client) -> None:
    script = shopper.get("/de/offline.js")
    assert script["Content-Type"].startswith("text/javascript")
    assert script["Cache-Control"] == "no-cache"
    plan = json.loads(re.search(r"const PLAN = (.*);", script.text)[1])  # type: ignore[index]
    library = guidebook.library()
    expected = {f"/de/guides/{slug}/" for slug in library.guides} | {
        f"/de/inserts/{slug}/" for slug in library.inserts
    }
    assert expected <= set(plan["pages"])
    assert all(page.startswith(("/de/guides/", "/de/inserts/")) for page in plan["pages"])
    assert all(asset.startswith("/static/") for asset in plan["assets"])
    for page in plan["pages"]:
        assert shopper.get(page).status_code == 200, page


def test_the_offline_page_names_all_that_was_saved_in_each_language(shopper: Client) -> None:
    for lang, title in (
        ("en", "You are offline."),
        ("de", "Sie sind offline."),
        ("es", "No tiene conexión."),
    ):
        page = shopper.get(path_in(lang, "/guides/offline/")).text
        assert title in page
        assert "/inserts/glass-cups/" in page
        assert "/guides/first-session/" in page
        assert "noindex" in page


def test_only_guides_and_inserts_ask_for_the_worker(shopper: Client) -> None:
    for path in ("/guides/hips/", "/inserts/glass-cups/", "/guides/is-cupping-for-me/"):
        assert "data-keep" in shopper.get(path).text
    for path in ("/", "/cart/", "/products/"):
        assert "data-keep" not in shopper.get(path).text


def test_another_word_in_the_guides_is_another_edition(monkeypatch: pytest.MonkeyPatch) -> None:
    from pathlib import Path

    from store.storefront import service_worker

    version = service_worker.edition.__wrapped__(Path())
    library = guidebook.library()
    without_faq = replace(library, guides={k: v for k, v in library.guides.items() if k != "faq"})
    monkeypatch.setattr(service_worker.guidebook, "library", lambda: without_faq)
    assert service_worker.edition.__wrapped__(Path()) != version


@pytest.mark.django_db
def test_every_page_of_the_shop_can_be_read_through(shopper: Client, settings: Any) -> None:
    from store.storefront.page_crawler import PageNotRendered, iter_public_pages

    with pytest.raises(PageNotRendered, match="ALLOWED_HOSTS"):
        next(iter_public_pages())
    settings.ALLOWED_HOSTS = ["cupwell.example"]
    html_by_path = {address: html for address, _, html in iter_public_pages()}
    assert {"/", "/products/", "/products/silicone-starter-set/", "/es/inserts/glass-cups/"} <= set(
        html_by_path
    )
    library = guidebook.library()
    assert len(
        [a for a in html_by_path if a.removeprefix("/de").removeprefix("/es").startswith("/guides/")]
    ) == (3 * (len(library.guides) + 2))
    assert all("<h1" in html for html in html_by_path.values())


# --- the index ------------------------------------------------------------------------------------------
def test_no_two_cards_of_the_index_look_alike(shopper: Client) -> None:
    page = shopper.get("/guides/").text
    pictures = re.findall(r'<div class="figure-well([^"]*)"><img src="([^"]+)"', page)
    assert len(pictures) == page.count('class="guide-card"')
    assert len(set(pictures)) == len(pictures)
