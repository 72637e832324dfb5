"""Every page in every language: no sentence of another one, nothing untranslated, and the choice is the reader's."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.translation import override

from store.engine.orders.models import Order
from store.guidebook.languages import country_name
from store.storefront import interface_texts
from store.storefront.languages import NAMES, path_in
from store.storefront.orders import order_url
from store.storefront.page_crawler import iter_public_pages
from tests.storefront.page_texts import texts_of
from tests.storefront.saleor_double import SaleorDouble
from tests.storefront.test_with_the_engine import ADDRESS

SET = "/products/silicone-starter-set/"
# Words that a sentence of the language has and one of the others has not.
FUNCTION_WORDS = {
    "en": {"the", "and", "with", "you", "your", "of", "is", "are", "for", "this", "or", "from", "to"},
    "de": {"und", "der", "die", "das", "nicht", "sie", "ihr", "mit", "für", "ist", "oder", "eine", "zum"},
    "es": {"el", "los", "las", "con", "para", "su", "del", "una", "que", "por", "lo", "usted", "y"},
}


# --- the files ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", interface_texts.LANGUAGES)
def test_every_text_of_the_pages_is_translated(language: str) -> None:
    assert list(interface_texts.problems(language)) == []


@pytest.mark.parametrize("language", interface_texts.LANGUAGES)
def test_the_compiled_translations_are_those_of_the_file(language: str) -> None:
    file = interface_texts.po_file(language)
    assert file.with_suffix(".mo").read_bytes() == interface_texts.compiled(interface_texts.read(language)), (
        "run manage.py interface_texts"
    )


@pytest.mark.parametrize(("change", "said"), [("string", "has no translation to de"), ("flags", "fuzzy")])
def test_a_missing_translation_is_named_with_its_place(
    monkeypatch: pytest.MonkeyPatch, change: str, said: str
) -> None:
    catalog = interface_texts.read("de")
    message = catalog.get("Add to cart")
    setattr(message, change, {"string": "", "flags": {"fuzzy"}}[change])
    monkeypatch.setattr(interface_texts, "read", lambda _: catalog)
    (problem,) = interface_texts.problems("de")
    assert re.fullmatch(rf"templates/storefront/product\.html:\d+: “Add to cart” .*{said}.*", problem)


def test_the_guides_have_the_languages_of_the_shop() -> None:
    from store import guidebook

    assert list(guidebook.library().languages) == list(NAMES)


# --- the pages ------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.timeout(900)  # some 140 pages and three purchases
def test_no_page_has_a_sentence_of_another_language(seeded_shop: None, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    pages = [(path, html) for path, _, html in iter_public_pages()]
    pages += [page for language in NAMES for page in _private_pages(language)]
    assert len(pages) > 130
    found = {f"{path}: {text}" for path, html in pages for text in _foreign_texts(html)}
    assert sorted(found) == []


def _foreign_texts(html: str) -> Iterator[str]:
    page_language = re.search(r'<html lang="(\w+)"', html)[1]  # type: ignore[index]
    for language, text in texts_of(html):
        if language == page_language and (
            text in _texts_of_others(language)
            or _is_written_in_another(text, language)
            or _names_a_country_in_another(text, language)
        ):
            yield text


def _names_a_country_in_another(text: str, language: str) -> bool:
    """Whether a country of our markets stands in it under the name that another language has for it: "…, Germany"."""
    names = {code: country_name(code, language) for code in ("US", "DE", "AT", "ES", "FR", "IT")}
    others = {country_name(code, other) for code in names for other in NAMES} - {*names.values(), None}
    return any(re.search(rf"(?<!\w){name}(?!\w)", text) for name in others)


def _is_written_in_another(text: str, language: str) -> bool:
    """Are more of its small words of another language than of this one? Two at least."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    counts = {code: sum(word in known for word in words) for code, known in FUNCTION_WORDS.items()}
    return any(count >= 2 and count > counts[language] for code, count in counts.items() if code != language)


@cache
def _texts_of_others(language: str) -> frozenset[str]:
    """Texts of the interface and of the catalogue in the other languages that this one has other words for."""
    rows = [*_interface_rows(), *_catalogue_rows()]
    own = {row[language] for row in rows}
    others = {row[code] for row in rows for code in NAMES if code != language and row[code] != row[language]}
    return frozenset(others - own)


def _interface_rows() -> Iterator[dict[str, str]]:
    catalogs = {code: interface_texts.read(code) for code in interface_texts.LANGUAGES}
    for message in interface_texts.template():
        for index, text in enumerate(interface_texts._texts(message.id)):
            strings = {c: interface_texts._texts(one.get(message.id, message.context).string)
                       for c, one in catalogs.items()} if message.id else {}  # fmt: skip
            if strings:
                yield {"en": text} | {
                    code: found[min(index, len(found) - 1)] for code, found in strings.items()
                }


def _catalogue_rows() -> Iterator[dict[str, str]]:
    from store.seed.read import read_catalog
    from store.seed.read.pages import pages_from_guidebook

    catalog = read_catalog(settings.CATALOG_SEED_DIR, pages=pages_from_guidebook())
    for table in ("names", "box"):
        for text in getattr(catalog.translations["de"], table):
            yield {"en": text} | {code: getattr(t, table)[text] for code, t in catalog.translations.items()}
    for product in catalog.products:
        yield {"en": product.name} | {code: one.name for code, one in product.translations.items()}


def _private_pages(language: str) -> Iterator[tuple[str, str]]:
    """Cart, checkout and order with their errors, and the error pages, as a shopper meets them."""
    shopper = Client()

    def see(path: str, form: dict[str, Any] | None = None) -> tuple[str, str]:
        path = path_in(language, path) if not path.startswith(f"/{language}/") else path
        answer = shopper.post(path, form, follow=True) if form is not None else shopper.get(path)
        return path, answer.text

    for path in ("/cart/", "/nowhere/", "/products/nothing/", "/guides/nothing/", "/orders/no/", "/region/",
                 "/products/?q=zzzz", "/products/?page=99", "/guides/offline/", SET + "?sku=NO"):  # fmt: skip
        yield see(path)
    variant = re.search(r'name="variant" value="([^"]+)"', see(SET)[1])[1]  # type: ignore[index]
    yield see(SET, {"variant": variant, "quantity": "x"})
    yield see(SET, {"variant": variant, "quantity": "2"})
    page = see("/cart/")
    yield page
    line = re.search(r'name="(quantity-[^"]+)"', page[1])[1]  # type: ignore[index]
    yield see("/cart/", {line: "x"})
    yield see("/cart/", {line: "999"})
    yield see("/checkout/", {})
    yield see("/checkout/", ADDRESS | {"shipping-postal_code": "1"})
    yield see("/checkout/", ADDRESS)
    yield see("/checkout/delivery/", {})
    option = re.search(r'name="delivery" value="([^"]+)"', see("/checkout/delivery/")[1])[1]  # type: ignore[index]
    yield see("/checkout/delivery/", {"delivery": option})
    form = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', see("/checkout/payment/")[1])
    )
    yield see("/checkout/payment/", form | {"card": "good"})
    form["read"] = re.findall(r'name="read" value="([^"]+)"', see("/checkout/payment/")[1])
    yield see("/checkout/payment/", form | {"card": "declined"})
    form |= dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', see("/checkout/payment/")[1])
    )
    yield see("/checkout/payment/", form | {"card": "good"})
    order = Order.objects.latest("created_at")
    assert order.language_code == language
    yield see(order_url(str(_global_id(order)), language))


def _global_id(order: Order) -> str:
    from base64 import b64encode

    return b64encode(f"Order:{order.pk}".encode()).decode()


# --- the address, the offer and the choice --------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "de", "es"),
    [("/", "/de/", "/es/"), ("/products/?q=a", "/de/products/?q=a", "/es/products/?q=a")],
)
def test_a_page_has_an_address_in_each_language(path: str, de: str, es: str) -> None:
    assert [path_in("de", path), path_in("es", path), path_in("en", de), path_in("es", de)] == [
        de,
        es,
        path,
        es,
    ]


@pytest.mark.parametrize("path", ["/", "/products/", "/guides/", "/inserts/glass-cups/", SET])
def test_search_engines_find_every_language_of_a_page(shopper: Client, path: str) -> None:
    for language in NAMES:
        page = shopper.get(path_in(language, path)).text
        assert f'<html lang="{language}">' in page
        assert f'rel="canonical" href="https://cupwell.example{path_in(language, path)}"' in page
        for other in NAMES:
            address = f"https://cupwell.example{path_in(other, path)}"
            assert f'<link rel="alternate" hreflang="{other}" href="{address}">' in page
            assert f"<loc>{address}</loc>" in shopper.get("/sitemap.xml").text


def test_the_browser_s_language_is_offered_and_never_forced(shopper: Client) -> None:
    page = shopper.get("/products/", headers={"accept-language": "de-AT,en;q=0.8"})
    assert page.status_code == 200
    assert '<html lang="en">' in page.text
    assert "Diese Seite gibt es auch auf Deutsch." in page.text
    assert "Accept-Language" in page["Vary"]
    assert 'class="language-offer"' not in shopper.get("/products/", headers={"accept-language": "fr"}).text
    assert (
        'class="language-offer"' not in shopper.get("/de/products/", headers={"accept-language": "de"}).text
    )


def test_a_choice_is_remembered_and_leads_to_the_same_page(shopper: Client) -> None:
    answer = shopper.get("/language/de/", {"next": "/products/?q=pump"})
    assert answer["Location"] == "/de/products/?q=pump"
    assert "language-offer" in shopper.get("/products/").text
    assert shopper.get("/")["Location"] == "/de/"
    shopper.get("/language/en/", {"next": "/de/"})
    assert shopper.get("/", headers={"accept-language": "de"}).status_code == 200
    assert 'class="language-offer"' not in shopper.get("/", headers={"accept-language": "de"}).text


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil"]
)
def test_a_choice_never_leads_to_another_site(shopper: Client, address: str) -> None:
    assert shopper.get("/language/es/", {"next": address})["Location"] == "/es/"


@pytest.mark.parametrize("address", ["/de//evil.example/", "/es///evil.example/", "/de//de//evil.example/"])
@pytest.mark.parametrize("code", ["en", "de"])
def test_nor_when_the_language_is_taken_off_the_address(shopper: Client, code: str, address: str) -> None:
    """What is left of `/de//evil.example/` would be another site's address."""
    location = shopper.get(f"/language/{code}/", {"next": address})["Location"]
    assert location[:1] == "/"
    assert location[1:2] != "/"


def test_the_address_of_a_printed_insert_leads_to_its_language(shopper: Client) -> None:
    assert shopper.get("/inserts/glass-cups/?v=1.0&lang=de")["Location"] == "/de/inserts/glass-cups/?v=1.0"
    assert shopper.get("/inserts/glass-cups.pdf?lang=es")["Location"] == "/es/inserts/glass-cups.pdf"


def test_a_text_without_translation_is_shown_in_english(shopper: Client, saleor: SaleorDouble) -> None:
    saleor.product("silicone-starter-set")["translation"] = {"name": None, "description": None}
    assert "<h1>Silicone Starter Set</h1>" in shopper.get("/de" + SET).text
    saleor.product("silicone-starter-set")["translation"] = {"name": "Silikon-Startset", "description": None}
    assert "<h1>Silikon-Startset</h1>" in shopper.get("/de" + SET).text


def test_the_cart_asks_for_the_language_that_is_read(shopper: Client, saleor: SaleorDouble) -> None:
    variant = saleor.variant("SIL-START-TEAL-SOFT")
    shopper.post("/de" + SET, {"variant": variant["id"], "quantity": "1"})
    assert ("CheckoutCreate", "DE") in [(name, values.get("language")) for name, values in saleor.requests]


@pytest.mark.parametrize(
    ("language", "region", "price"),
    [
        ("en", "", "$29.00"),
        ("de", "", "29,00\xa0$"),
        ("es", "", "$29.00"),
        ("de", "eu", "27,90\xa0€"),
        ("es", "eu", "27,90\xa0€"),
    ],
)
def test_amounts_are_written_as_the_language_does(language: str, region: str, price: str) -> None:
    from store.storefront import channels, languages
    from store.storefront.templatetags.shop_format import money
    from store.storefront.values import Money

    channel = channels.by_slug(region or "default-channel")
    assert channel
    amount = price.replace("$", "").replace("USD", "").replace("€", "").strip().replace(",", ".")
    with override(language):
        assert money(Money(amount, channel.currency), languages.format_locale(channel)) == price  # type: ignore[arg-type]


def test_the_command_finds_nothing_to_do() -> None:
    call_command("interface_texts", check=True)


def test_structured_data_is_in_the_language_of_the_page(shopper: Client) -> None:
    page = shopper.get("/de" + SET).text
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)[0])
    assert data["url"] == "https://cupwell.example/de" + SET
