"""Writing to a shop that keeps what it is told: once, twice, after a change, after a refusal."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PIL import Image

from store.seed.progress import Silence
from store.seed.read import Catalogue, read
from store.seed.read.pages import PageText
from store.seed.write import seed
from store.seed.write.context import Declined, NotThere
from store.seed.write.fingerprints import Ledger
from store.seed.write.shop import CurrencyDiffers
from tests.seed.fake_shop import FakeShop

Change = Callable[[str, str, str], int]


def test_a_first_run_writes_everything_once(catalogue: Catalogue, fake: FakeShop) -> None:
    tally = seed(fake.client, catalogue, Silence())
    assert len(fake.records["product"]) == 15
    assert len(fake.records["productVariant"]) == 40
    assert len(fake.records["page"]) == 23
    assert fake.named("channel") == {"default-channel", "eu"}
    assert len(fake.records["shippingMethod"]) == 6
    assert (tally["updated"], tally["unchanged"]) == (0, 0)


def test_a_second_run_sends_no_mutation_at_all(catalogue: Catalogue, fake: FakeShop) -> None:
    seed(fake.client, catalogue, Silence())
    fake.calls.clear()
    tally = seed(fake.client, catalogue, Silence())
    assert fake.writes == {}
    assert (tally["created"], tally["updated"]) == (0, 0)


def test_a_changed_price_is_the_only_thing_sent(
    catalogue: Catalogue, fake: FakeShop, folder: Path, change: Change, pages: list[PageText]
) -> None:
    seed(fake.client, catalogue, Silence())
    fake.calls.clear()
    change("products/glass-bulb-cup.toml", 'default-channel = "15.00"', 'default-channel = "16.00"')
    seed(fake.client, read(folder, pages=pages), Silence())
    assert fake.writes == {"productVariantChannelListingUpdate": 1}


def test_a_changed_description_leaves_variants_and_stock_alone(
    catalogue: Catalogue, fake: FakeShop, folder: Path, change: Change, pages: list[PageText]
) -> None:
    seed(fake.client, catalogue, Silence())
    fake.calls.clear()
    change(
        "products/glass-bulb-cup.toml", "A single cup of thick, clear glass", "One cup of thick, clear glass"
    )
    seed(fake.client, read(folder, pages=pages), Silence())
    assert fake.writes == {"productUpdate": 1}


def test_a_new_variant_joins_its_product(
    catalogue: Catalogue, fake: FakeShop, folder: Path, pages: list[PageText]
) -> None:
    seed(fake.client, catalogue, Silence())
    fake.calls.clear()
    file = folder / "products/massage-oil.toml"
    old = file.read_text()[: file.read_text().index("[translations.de]")]
    large = old.split("[[variants]]")[-1].replace("ACC-OIL-250", "ACC-OIL-60").replace("250 ml", "60 mm")
    file.write_text(f"{old}\n[[variants]]{large}")
    seed(fake.client, read(folder, pages=pages), Silence())
    assert fake.writes == {
        "productVariantCreate": 1,
        "productVariantChannelListingUpdate": 1,
    }  # what a file no longer says stays in the shop
    assert len(fake.records["productVariant"]) == 41


def test_stock_is_set_back_only_when_asked(catalogue: Catalogue, fake: FakeShop) -> None:
    seed(fake.client, catalogue, Silence())
    fake.calls.clear()
    seed(fake.client, catalogue, Silence(), stock=True)
    assert fake.writes == {"productVariantStocksUpdate": 40}
    cup = next(v for v in fake.records["productVariant"].values() if v["sku"] == "GLA-CUP-60")
    assert sorted(cup["quantities"].values()) == [2, 20]


def test_a_seed_cut_short_is_known_as_unfinished_and_completes(catalogue: Catalogue, fake: FakeShop) -> None:
    fake.refuse = "productCreate"
    with pytest.raises(Declined):
        seed(fake.client, catalogue, Silence())
    assert Ledger(fake.client).is_unfinished
    assert len(fake.records["category"]) == 4
    fake.refuse = None
    seed(fake.client, catalogue, Silence())
    assert not Ledger(fake.client).is_unfinished
    assert (len(fake.records["category"]), len(fake.records["product"])) == (4, 15)


def test_a_refused_variant_is_named_by_its_sku(catalogue: Catalogue, fake: FakeShop) -> None:
    fake.refuse = "productVariantCreate"
    with pytest.raises(Declined, match=r"refused the product variant `GLA-CUP-40`: .* INVALID"):
        seed(fake.client, catalogue, Silence())
    assert fake.records["productVariant"] == {}


def test_only_products_needs_what_comes_before_them(catalogue: Catalogue, fake: FakeShop) -> None:
    with pytest.raises(NotThere, match="without --only first"):
        seed(fake.client, catalogue, Silence(), only=["products"])
    assert fake.records["product"] == {}


def test_a_channel_in_another_currency_is_left_alone(catalogue: Catalogue, fake: FakeShop) -> None:
    fake.client.channel_create(
        {"name": "EU", "slug": "eu", "currencyCode": "PLN", "defaultCountry": "PL"}  # type: ignore[arg-type]
    )
    with pytest.raises(CurrencyDiffers, match="trades in PLN"):
        seed(fake.client, catalogue, Silence())
    assert fake.calls["channelUpdate"] == 0


def test_prices_travel_as_exact_decimals(catalogue: Catalogue, fake: FakeShop) -> None:
    seed(fake.client, catalogue, Silence())
    cup = next(v for v in fake.records["productVariant"].values() if v["sku"] == "GLA-CUP-50")
    assert [Decimal(listing["price"]) for listing in cup["channelListings"]] == [
        Decimal("16.50"),
        Decimal("15.90"),
    ]
    assert all(isinstance(listing["price"], str) for listing in cup["channelListings"])


@pytest.fixture
def pictured(folder: Path) -> Path:
    """Two pictures for each product."""
    entries = []
    for product in sorted((folder / "products").glob("*.toml")):
        for shot, shade in (("hero", 200), ("box", 90)):
            file = folder / "images" / product.stem / f"{shot}.webp"
            file.parent.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (8, 8), (shade, shade, shade)).save(file)
            entries.append(
                f'[[pictures]]\nproduct = "{product.stem}"\nfile = "{product.stem}/{shot}.webp"\n'
                f'shot = "{shot}"\n'
                f'alt = {{ en = "{shot}", de = "{shot}", es = "{shot}" }}\n'
            )
    (folder / "images/pictures.toml").write_text("\n".join(entries))
    return folder


def test_pictures_are_sent_once_and_in_order(pictured: Path, pages: list[PageText], fake: FakeShop) -> None:
    catalogue = read(pictured, pages=pages)
    seed(fake.client, catalogue, Silence())
    seed(fake.client, catalogue, Silence())
    assert fake.calls["productMediaCreate"] == 30
    oil = next(p for p in fake.records["product"].values() if p["slug"] == "massage-oil")
    assert [media["alt"] for media in oil["media"]] == ["hero", "box"]


def test_a_picture_belongs_to_the_variants_that_look_like_it(
    pictured: Path, pages: list[PageText], fake: FakeShop
) -> None:
    listed = pictured / "images/pictures.toml"
    listed.write_text(
        listed.read_text().replace(
            'file = "massage-oil/hero.webp"', 'file = "massage-oil/hero.webp"\nvariants = ["ACC-OIL-100"]'
        )
    )
    seed(fake.client, read(pictured, pages=pages), Silence())
    shown = {v["sku"] for v in fake.records["productVariant"].values() if "pictures" in v}
    assert shown == {"ACC-OIL-100"}


def test_a_changed_picture_takes_its_old_place(pictured: Path, pages: list[PageText], fake: FakeShop) -> None:
    seed(fake.client, read(pictured, pages=pages), Silence())
    Image.new("RGB", (8, 8), (1, 2, 3)).save(pictured / "images/massage-oil/hero.webp")
    fake.calls.clear()
    seed(fake.client, read(pictured, pages=pages), Silence())
    assert fake.writes == {"productMediaCreate": 1, "productMediaDelete": 1, "productMediaReorder": 1}
    oil = next(p for p in fake.records["product"].values() if p["slug"] == "massage-oil")
    assert [media["alt"] for media in oil["media"]] == ["hero", "box"]
