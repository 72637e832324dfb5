"""Only our own pages can send a form in the name of a shopper; pages for everybody need no cookie for that."""

import pytest
from django.test import Client

from tests.storefront.conftest import cart_form
from tests.storefront.saleor_double import SaleorDouble

OURS, OTHER = "https://cupwell.example", "https://evil.example"


@pytest.fixture
def browser(shopper: Client, settings) -> Client:
    settings.CSRF_TRUSTED_ORIGINS = [OURS]
    settings.ALLOWED_HOSTS = ["cupwell.example"]
    return Client(enforce_csrf_checks=True, SERVER_NAME="cupwell.example")


def add_to_cart(browser: Client, saleor: SaleorDouble, headers: dict[str, str]) -> int:
    path, form = cart_form(saleor)
    return browser.post(path, form, headers=headers, secure=True).status_code


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin", "Origin": OURS},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": OURS},
        {"Referer": f"{OURS}/products/silicone-starter-set/"},
    ],
)
def test_a_form_of_our_own_page_goes_through_without_a_token(
    browser: Client, saleor: SaleorDouble, headers: dict[str, str]
) -> None:
    assert add_to_cart(browser, saleor, headers) == 303


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": OTHER},
        {"Sec-Fetch-Site": "cross-site", "Origin": OURS},
        {"Sec-Fetch-Site": "same-site", "Origin": "https://blog.cupwell.example"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": OTHER},
        {"Origin": "null"},
        {"Origin": "http://cupwell.example"},
        {"Origin": "https://cupwell.example.evil.example"},
        {"Origin": OTHER, "Referer": f"{OURS}/"},
        {"Referer": f"{OTHER}/?{OURS}/"},
        {"Referer": "https://[broken"},
    ],
)
def test_a_form_of_another_site_changes_nothing(
    browser: Client, saleor: SaleorDouble, headers: dict[str, str]
) -> None:
    assert add_to_cart(browser, saleor, headers) == 403
    assert saleor.requests == []
    region = browser.post("/region/", {"channel": "eu"}, headers=headers, secure=True)
    assert region.status_code == 403
    assert not region.cookies


@pytest.mark.parametrize("path", ["/cart/", "/checkout/", "/checkout/delivery/", "/checkout/payment/"])
def test_cart_and_checkout_want_the_token_as_well(browser: Client, path: str) -> None:
    page = browser.post(path, {}, headers={"Sec-Fetch-Site": "same-origin", "Origin": OURS}, secure=True)
    assert page.status_code == 403
