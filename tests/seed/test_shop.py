"""The real catalog in the embedded engine: what is there after a seed, and that a second one changes nothing."""

import json
from collections import Counter
from typing import Any

from django.apps import apps
from django.core.management import call_command

from store import seed
from store.engine.caching.models import Revision
from store.guidebook import library
from store.saleor import clients


def rows() -> dict[str, int]:
    """Number of rows by table, without the cache token that every write changes."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label in ("channels", "taxes", "shipping", "catalog", "stock", "accounts")
        and model is not Revision
    }


def products() -> list[Any]:
    return [edge.node for edge in clients.staff().product_keys(first=100).products.edges]


def test_an_empty_shop_is_empty(db: None) -> None:
    call_command("prepare", verbosity=0)
    assert seed.is_empty()


def test_the_seeded_shop_holds_15_products_and_40_variants(seeded_shop: None) -> None:
    found = products()
    assert len(found) == 15
    assert sum(len(product.product_variants.edges) for product in found) == 40
    assert not seed.is_empty()


def test_every_variant_has_stock_in_both_warehouses(seeded_shop: None) -> None:
    variants = [edge.node for product in products() for edge in product.product_variants.edges]
    held = Counter(stock.warehouse.slug for variant in variants for stock in variant.stocks)
    assert held == {"us-main": 40, "eu-main": 40}


def test_a_second_seed_doubles_nothing(seeded_shop: None) -> None:
    before = rows()
    call_command("seed", verbosity=0)
    assert rows() == before


def test_a_seed_of_a_shop_with_unknown_marks_updates_and_doubles_nothing(seeded_shop: None) -> None:
    """As in a shop that was not filled by the seed: everything is found by slug, SKU or name."""
    from store.saleor.client.input_types import MetadataInput, ShopSettingsInput

    client = clients.staff()
    entries = client.shop_private_metadata().shop.private_metadata
    client.shop_settings_update(
        ShopSettingsInput(private_metadata=[MetadataInput(key=entry.key, value="?") for entry in entries])
    )
    before = rows()
    call_command("seed", verbosity=0)
    assert rows() == before


def test_the_pages_are_the_guides_and_the_inserts_with_their_version(seeded_shop: None) -> None:
    from store.saleor.shop_pages import REQUIRED
    from store.seed.read.pages import pages_from_guidebook

    slugs = {edge.node.slug for edge in clients.staff().page_keys().pages.edges}
    from_guides = {page.slug for page in pages_from_guidebook()}
    assert len(from_guides) == 25
    assert slugs - from_guides == {"about", *REQUIRED}  # the pages of the shop itself


def test_a_shopper_in_germany_reads_german_and_pays_euros_with_tax(seeded_shop: None) -> None:
    from store.engine.graphql.serve import serve

    query = """{ product(slug: "massage-oil", channel: "eu") {
      translation(languageCode: DE) { name }
      assignedAttribute(slug: "safety-insert") {
        ... on AssignedSinglePageReferenceAttribute { value { slug metafield(key: "version") } }
      }
      pricing { priceRange { start { gross { amount currency } net { amount } } } }
    } }"""
    answer = serve(json.dumps({"query": query}).encode(), {"content-type": "application/json"})
    assert json.loads(answer.body)["data"]["product"] == {
        "translation": {"name": "Massageöl pur"},
        "assignedAttribute": {
            "value": {"slug": "massage-oil", "metafield": library().inserts["massage-oil"].version}
        },
        "pricing": {
            "priceRange": {"start": {"gross": {"amount": 8.9, "currency": "EUR"}, "net": {"amount": 7.48}}}
        },
    }
