"""Stylesheets in the pages, and the policy that allows them by hash."""

import base64
import hashlib
import re

import pytest
from django.test import Client

from store.storefront import stylesheets

FIRST_VISITS = ["/", "/products/", "/products/silicone-starter-set/", "/guides/first-session/", "/guides/", "/inserts/silicone-cups/"]  # fmt: skip


@pytest.mark.parametrize("path", FIRST_VISITS)
def test_the_pages_where_visits_begin_wait_for_no_stylesheet(shopper: Client, path: str) -> None:
    page = shopper.get(path)
    assert 'rel="stylesheet"' not in page.text
    assert "<style>" in page.text


@pytest.mark.parametrize("path", [*FIRST_VISITS, "/cart/", "/compare/"])
def test_the_policy_allows_each_style_in_the_page_and_no_other(shopper: Client, path: str) -> None:
    page = shopper.get(path)
    styles = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    allowed = re.findall(r"'sha256-([^']+)'", page["Content-Security-Policy"])
    assert [_digest(style) for style in styles] == allowed
    assert "unsafe-inline" not in page["Content-Security-Policy"]


def test_a_kept_page_is_allowed_the_same_styles(shopper: Client) -> None:
    assert shopper.get("/")["Content-Security-Policy"] == shopper.get("/")["Content-Security-Policy"]


def test_addresses_in_a_stylesheet_lead_to_the_file_from_any_page() -> None:
    style = stylesheets.inline("shop.css").element
    assert "../" not in style
    assert 'url("/static/fonts/fraunces-latin-600-normal.woff2")' in style


def test_a_stylesheet_that_is_missing_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.css"):
        stylesheets.inline("none.css")


def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
