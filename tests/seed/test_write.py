"""Writing to the fake Saleor: once, twice, after a change, after a refused mutation."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from store.seed.progress import NoProgress
from store.seed.read import Catalog, read_catalog
from store.seed.read.pages import SeedPage
from store.seed.write import seed
from store.seed.write.context import MissingObject, ObjectRefused
from store.seed.write.fingerprints import FingerprintStore
from store.seed.write.shop import CurrencyDiffers
from tests.seed.fake_saleor import FakeSaleor

Change = Callable[[str, str, str], int]


def test_a_first_run_writes_everything_once(catalog: Catalog, fake: FakeSaleor) -> None:
    counts = seed(fake.client, catalog, NoProgress())
    assert len(fake.records["product"]) == 15
    assert len(fake.records["productVariant"]) == 40
    assert len(fake.records["page"]) == 33
    assert fake.named("channel") == {"default-channel", "eu"}
    assert len(fake.records["shippingMethod"]) == 6
    assert (counts["updated"], counts["unchanged"]) == (0, 0)


def test_a_second_run_sends_no_mutation_at_all(catalog: Catalog, fake: FakeSaleor) -> None:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    counts = seed(fake.client, catalog, NoProgress())
    assert fake.writes == {}
    assert (counts["created"], counts["updated"]) == (0, 0)


def test_a_changed_price_is_the_only_thing_sent(
    catalog: Catalog, fake: FakeSaleor, folder: Path, change: Change, pages: list[SeedPage]
) -> None:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    change("products/glass-bulb-cup.toml", 'default-channel = "15.00"', 'default-channel = "16.00"')
    seed(fake.client, read_catalog(folder, pages=pages), NoProgress())
    assert fake.writes == {"productVariantChannelListingUpdate": 1}


def test_a_changed_description_leaves_variants_and_stock_alone(
    catalog: Catalog, fake: FakeSaleor, folder: Path, change: Change, pages: list[SeedPage]
) -> None:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    change(
        "products/glass-bulb-cup.toml", "One cup of thick, clear glass", "A single cup of thick, clear glass"
    )
    seed(fake.client, read_catalog(folder, pages=pages), NoProgress())
    assert fake.writes == {"productUpdate": 1}


def test_a_new_variant_joins_its_product(
    catalog: Catalog, fake: FakeSaleor, folder: Path, pages: list[SeedPage]
) -> None:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    file = folder / "products/massage-oil.toml"
    old, mark, translations = file.read_text().partition("[translations.de]")
    large = old.split("[[variants]]")[-1].replace("ACC-OIL-250", "ACC-OIL-60").replace('"250 ml"', '"60 mm"')
    file.write_text(f"{old}\n[[variants]]{large}\n{mark}{translations}")
    seed(fake.client, read_catalog(folder, pages=pages), NoProgress())
    assert fake.writes == {
        "productVariantCreate": 1,
        "productVariantChannelListingUpdate": 1,
        "attributeValueTranslate": 2,  # what is in its box, in two languages
    }  # what a file no longer says stays in the shop
    assert len(fake.records["productVariant"]) == 41


def test_stock_is_set_back_only_when_asked(catalog: Catalog, fake: FakeSaleor) -> None:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    seed(fake.client, catalog, NoProgress(), stock=True)
    assert fake.writes == {"productVariantStocksUpdate": 40}
    cup = next(v for v in fake.records["productVariant"].values() if v["sku"] == "GLA-CUP-60")
    assert sorted(cup["quantities"].values()) == [2, 20]


def test_a_seed_cut_short_is_known_as_unfinished_and_completes(catalog: Catalog, fake: FakeSaleor) -> None:
    fake.refused_mutation = "productCreate"
    with pytest.raises(ObjectRefused):
        seed(fake.client, catalog, NoProgress())
    assert FingerprintStore(fake.client).is_unfinished
    assert len(fake.records["category"]) == 4
    fake.refused_mutation = None
    seed(fake.client, catalog, NoProgress())
    assert not FingerprintStore(fake.client).is_unfinished
    assert (len(fake.records["category"]), len(fake.records["product"])) == (4, 15)


def test_a_refused_variant_is_named_by_its_sku(catalog: Catalog, fake: FakeSaleor) -> None:
    fake.refused_mutation = "productVariantCreate"
    with pytest.raises(ObjectRefused, match=r"refused the product variant `GLA-CUP-40`: .* INVALID"):
        seed(fake.client, catalog, NoProgress())
    assert fake.records["productVariant"] == {}


def test_only_products_needs_what_comes_before_them(catalog: Catalog, fake: FakeSaleor) -> None:
    with pytest.raises(MissingObject, match="without --only first"):
        seed(fake.client, catalog, NoProgress(), only=["products"])
    assert fake.records["product"] == {}


def test_a_channel_in_another_currency_is_left_alone(catalog: Catalog, fake: FakeSaleor) -> None:
    fake.client.channel_create(
        {"name": "EU", "slug": "eu", "currencyCode": "PLN", "defaultCountry": "PL"}  # type: ignore[arg-type]
    )
    with pytest.raises(CurrencyDiffers, match="trades in PLN"):
        seed(fake.client, catalog, NoProgress())
    assert fake.calls["channelUpdate"] == 0


def test_prices_travel_as_exact_decimals(catalog: Catalog, fake: FakeSaleor) -> None:
    seed(fake.client, catalog, NoProgress())
    cup = next(v for v in fake.records["productVariant"].values() if v["sku"] == "GLA-CUP-50")
    assert [Decimal(listing["price"]) for listing in cup["channelListings"]] == [
        Decimal("16.50"),
        Decimal("15.90"),
    ]
    assert all(isinstance(listing["price"], str) for listing in cup["channelListings"])


def test_pictures_are_sent_once_and_in_order(
    folder_with_pictures: Path, pages: list[SeedPage], fake: FakeSaleor
) -> None:
    catalog = read_catalog(folder_with_pictures, pages=pages)
    seed(fake.client, catalog, NoProgress())
    seed(fake.client, catalog, NoProgress())
    assert fake.calls["productMediaCreate"] == 30
    oil = next(p for p in fake.records["product"].values() if p["slug"] == "massage-oil")
    assert [media["alt"] for media in oil["media"]] == ["hero", "box"]


def test_a_picture_belongs_to_the_variants_that_look_like_it(
    folder_with_pictures: Path, pages: list[SeedPage], fake: FakeSaleor
) -> None:
    listed = folder_with_pictures / "images/pictures.toml"
    listed.write_text(
        listed.read_text().replace(
            'file = "massage-oil/hero.webp"', 'file = "massage-oil/hero.webp"\nvariants = ["ACC-OIL-100"]'
        )
    )
    seed(fake.client, read_catalog(folder_with_pictures, pages=pages), NoProgress())
    shown = {v["sku"] for v in fake.records["productVariant"].values() if "pictures" in v}
    assert shown == {"ACC-OIL-100"}


def test_a_changed_picture_takes_its_old_place(
    folder_with_pictures: Path, pages: list[SeedPage], fake: FakeSaleor
) -> None:
    seed(fake.client, read_catalog(folder_with_pictures, pages=pages), NoProgress())
    Image.new("RGB", (8, 8), (1, 2, 3)).save(folder_with_pictures / "images/massage-oil/hero.webp")
    fake.calls.clear()
    seed(fake.client, read_catalog(folder_with_pictures, pages=pages), NoProgress())
    assert fake.writes == {
        "productMediaCreate": 1,
        "productMediaDelete": 1,
        "productMediaReorder": 1,
        "updateMetadata": 1,  # its texts in other languages
    }
    oil = next(p for p in fake.records["product"].values() if p["slug"] == "massage-oil")
    assert [media["alt"] for media in oil["media"]] == ["hero", "box"]
