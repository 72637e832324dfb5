"""A draft is seen by its signed link alone, and can't be bought there."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client

from store.engine.catalog.models import ProductChannelListing
from store.storefront.product_preview import preview_url

pytestmark = pytest.mark.django_db(transaction=True)
SLUG = "silicone-starter-set"
PAGE = f"/products/{SLUG}/"


@pytest.fixture
def draft(seeded_shop: None) -> None:
    ProductChannelListing.objects.filter(product__slug=SLUG).update(
        is_published=False, available_for_purchase_at=None
    )


def test_who_has_the_link_sees_the_draft_and_can_t_buy_it(draft: None, client: Client) -> None:
    assert client.get(PAGE).status_code == 404
    answer = client.get(preview_url(slug=SLUG, channel="eu"))
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"], answer["X-Robots-Tag"]) == (
        200,
        "no-store",
        "noindex",
    )
    assert "A preview: this is not on sale." in page
    assert "€27.90" in page
    assert "Add to cart" not in page


def test_each_choice_of_a_draft_is_shown(draft: None, client: Client) -> None:
    answer = client.get(preview_url(slug=SLUG, channel="eu"), {"sku": "SIL-START-BLUSH-MED"})
    assert answer.context["variant"].sku == "SIL-START-BLUSH-MED"


def test_what_is_on_sale_has_its_own_page_in_the_market_of_the_link(
    seeded_shop: None, client: Client
) -> None:
    answer = client.get(preview_url(slug=SLUG, channel="eu"))
    assert answer["Location"] == f"{PAGE}?market=eu"
    assert "€27.90" in client.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("slug", [SLUG, "nothing"])
def test_a_link_that_is_old_or_made_up_opens_nothing(
    draft: None, client: Client, monkeypatch: pytest.MonkeyPatch, slug: str
) -> None:
    made_up = signing.dumps([slug, "eu"], salt="order")
    assert client.get(f"/products/preview/{made_up}/").status_code == 404
    right = preview_url(slug=slug, channel="moon")
    assert client.get(right).status_code == 404


def test_a_link_opens_for_a_week(draft: None, client: Client, monkeypatch: Any) -> None:
    link = preview_url(slug=SLUG, channel="eu")
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 8 * 24 * 3600)
    answer = client.get(link)
    assert (answer.status_code, "too old" in answer.content.decode()) == (404, True)
