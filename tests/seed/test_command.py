"""`manage.py seed`, as a person or `make run` calls it."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from store.saleor import clients
from store.saleor.client.client import Client
from store.saleor.client.input_types import StockInput
from store.saleor.transports import HttpTransport


def test_a_broken_catalogue_stops_the_seed_and_leaves_the_shop_empty(
    db: None, settings: Any, folder: Path, change: Callable[[str, str, str], int]
) -> None:
    call_command("prepare", verbosity=0)
    settings.CATALOG_SEED_DIR = folder
    line = change("products/massage-oil.toml", 'default-channel = "9.50"', 'default-channel = "9.505"')
    with pytest.raises(CommandError) as caught:
        call_command("seed", verbosity=0)
    assert f"massage-oil.toml:{line}: 9.505 has more decimals than USD allows. Use at most 2" in str(
        caught.value
    )
    assert str(caught.value).endswith("Nothing was written.")
    assert clients.staff().channel_keys().channels == []
    assert clients.staff().shop_private_metadata().shop.private_metadata == []


def test_check_tells_what_it_found_and_writes_nothing(db: None, settings: Any, folder: Path) -> None:
    call_command("prepare", verbosity=0)
    settings.CATALOG_SEED_DIR = folder
    out = StringIO()
    call_command("seed", check=True, stdout=out)
    assert out.getvalue().startswith("All is well: 15 products, 40 variants, 0 pictures, 33 pages.")
    assert clients.staff().channel_keys().channels == []


def test_a_filled_shop_is_left_alone_when_asked_to_fill_an_empty_one(
    seeded_shop: None, settings: Any
) -> None:
    settings.CATALOG_SEED_DIR = Path("/nowhere")
    call_command("seed", if_empty=True, verbosity=0)


def test_a_shop_that_does_not_answer_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    unreachable = Client(HttpTransport("http://127.0.0.1:9/graphql/"))
    monkeypatch.setattr(clients, "staff", lambda: unreachable)
    with pytest.raises(CommandError, match=r"^http://127\.0\.0\.1:9/graphql/ did not answer: "):
        call_command("seed", if_empty=True, verbosity=0)


def test_what_was_sold_stays_sold(seeded_shop: None) -> None:
    client = clients.staff()
    warehouse = next(e.node for e in client.warehouse_keys().warehouses.edges if e.node.slug == "us-main")
    cup = _variant("GLA-CUP-60")
    client.product_variant_stocks_update(cup, [StockInput(warehouse=warehouse.id, quantity=1)])
    call_command("seed", verbosity=0)
    assert _quantity("GLA-CUP-60") == 1
    call_command("seed", stock=True, verbosity=0)
    assert _quantity("GLA-CUP-60") == 2


def _variant(sku: str) -> str:
    products = clients.staff().product_keys(first=100).products
    variants = (edge.node for product in products.edges for edge in product.node.product_variants.edges)
    return next(variant.id for variant in variants if variant.sku == sku)


def _quantity(sku: str) -> int:
    from store.engine.stock.models import Stock

    return Stock.objects.get(variant__sku=sku, warehouse__slug="us-main").quantity
