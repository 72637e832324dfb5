"""A seed of a shop that a merchant works in: the file before, the file now, and the shop."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from store.seed.progress import NoProgress
from store.seed.read import Catalog, read_catalog
from store.seed.read.pages import PageTexts, SeedPage
from store.seed.write import merge, seed
from tests.seed.fake_saleor import FakeSaleor

CUP = "products/glass-bulb-cup.toml"
OLD_TEXT, NEW_TEXT = "One cup of thick, clear glass", "A single cup of thick, clear glass"

GLASS_TEXT = "Thick, clear cups with a rubber bulb or a valve and pump. You see the skin at every moment."
GERMAN_GLASS_TEXT = (
    "Dicke, klare Schröpfköpfe mit Saugball oder mit Ventil und Pumpe. Sie sehen jederzeit die Haut."
)


@pytest.fixture
def seeded(catalog: Catalog, fake: FakeSaleor) -> FakeSaleor:
    seed(fake.client, catalog, NoProgress())
    fake.calls.clear()
    return fake


@pytest.fixture
def seed_again(seeded: FakeSaleor, folder: Path, pages: list[SeedPage]) -> Callable[..., list[str]]:
    """Seed the files as they are now; the notes of what was left alone."""

    def run(**options: Any) -> list[str]:
        notes: list[str] = []
        seed(seeded.client, read_catalog(folder, pages=pages), NoProgress(), notes=notes, **options)
        return notes

    return run


def record(fake: FakeSaleor, kind: str, key: str) -> dict[str, Any]:
    return next(one for one in fake.records[kind].values() if key in (one.get("slug"), one.get("sku")))


def prices(fake: FakeSaleor, sku: str) -> dict[str, str]:
    channels = fake.records["channel"]
    listings = record(fake, "productVariant", sku)["channelListings"]
    return {channels[one["channelId"]]["slug"]: one["price"] for one in listings}


def test_a_changed_word_leaves_the_merchants_name_alone(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    cup = record(seeded, "product", "glass-bulb-cup")
    cup["name"] = "The merchant's cup"
    change(CUP, OLD_TEXT, NEW_TEXT)
    assert seed_again() == []
    assert cup["name"] == "The merchant's cup"
    assert NEW_TEXT in cup["description"]


def test_what_both_have_changed_stays_as_the_merchant_has_it_and_is_reported_once(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    cup = record(seeded, "product", "glass-bulb-cup")
    cup["description"] = '{"blocks": [{"type": "paragraph", "data": {"text": "Mine"}}]}'
    change(CUP, OLD_TEXT, NEW_TEXT)
    note = "product glass-bulb-cup: description was changed in the shop and in the files; the shop's is kept"
    assert seed_again() == [note]
    assert "Mine" in cup["description"]
    assert seed_again() == []
    assert seed_again(overwrite=True) == []
    assert NEW_TEXT in cup["description"]


def test_a_new_price_in_one_currency_leaves_the_other_to_the_merchant(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    before = prices(seeded, "GLA-CUP-40")
    listings = record(seeded, "productVariant", "GLA-CUP-40")["channelListings"]
    dollars = next(one for one in listings if one["price"] == before["default-channel"])
    dollars["price"] = "19.00"
    change(CUP, f'eu = "{before["eu"]}"', 'eu = "17.77"')
    assert seed_again() == []
    assert prices(seeded, "GLA-CUP-40") == {"default-channel": "19.00", "eu": "17.77"}


def test_what_the_merchant_has_deleted_stays_deleted_until_overwritten(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]]
) -> None:
    gone = record(seeded, "product", "glass-bulb-cup")
    del seeded.records["product"][gone["id"]]
    variants = seeded.records["productVariant"]
    for id_ in [id_ for id_, one in variants.items() if one["product"] == gone["id"]]:
        del variants[id_]
    assert seed_again() == ["product glass-bulb-cup was deleted in the shop; it stays deleted"]
    assert seeded.writes == {}
    seed_again(overwrite=True)
    assert "glass-bulb-cup" in seeded.named("product")
    assert set(prices(seeded, "GLA-CUP-40")) == {"default-channel", "eu"}


def test_a_deleted_variant_stays_deleted(seeded: FakeSaleor, seed_again: Callable[..., list[str]]) -> None:
    product = record(seeded, "product", "glass-bulb-cup")
    edges = product["productVariants"]["edges"]
    sku = edges.pop(0)["node"]["sku"]
    assert seed_again() == [f"product-variant {sku} was deleted in the shop; it stays deleted"]
    assert len(edges) == 2


@pytest.mark.parametrize(
    ("before", "now", "shop", "send", "kept"),
    [
        ("a", "a", "a", False, False),
        ("a", "a", "b", False, False),  # the merchant's own
        ("a", "b", "a", True, False),
        ("a", "b", "b", True, False),
        ("a", "b", "c", False, True),
        ("a", "b", None, True, False),  # can't be read
        (None, "b", "c", False, True),  # a field that the file did not have
    ],
)
def test_every_case(before: str | None, now: str, shop: str | None, send: bool, kept: bool) -> None:
    in_file = {} if before is None else {"x": before}
    in_shop = {} if shop is None else {"x": shop}
    merged = merge.merge(in_file, {"x": now}, in_shop, overwrite=False)
    assert (merged.send, merged.kept) == (frozenset("x" * send), frozenset("x" * kept))
    forced = merge.merge(in_file, {"x": now}, in_shop, overwrite=True)
    assert forced.kept == frozenset()
    assert bool(forced.send) == ((before if shop is None else shop) != now)


@pytest.mark.parametrize("mark", ["0123456789abcdef", "0123456789012345", "12345678901234e5"])
def test_the_mark_of_an_older_seed_names_no_field(mark: str) -> None:
    assert merge.read_marks(mark) == {}


def test_what_no_seed_has_noted_is_sent() -> None:
    assert merge.read_marks(None) is None
    assert merge.merge(None, {"x": "a"}, {"x": "b"}, overwrite=False).send == frozenset("x")


def test_after_an_older_seed_what_the_merchant_has_made_stays_and_is_reported_once(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    for entry in seeded.metadata:
        if entry.startswith(("seed:product:", "seed:product-variant:", "seed:price:")):
            seeded.metadata[entry] = "0123456789abcdef"
    cup = record(seeded, "product", "glass-bulb-cup")
    cup["name"] = "The merchant's cup"
    own = record(seeded, "productVariant", "GLA-CUP-40")["channelListings"][0]
    file_price, own["price"] = own["price"], "19.00"
    market = seeded.records["channel"][own["channelId"]]["slug"]
    assert seed_again() == [
        "product glass-bulb-cup: name is another than in the files; the shop's is kept",
        f"price GLA-CUP-40: {market} is another than in the files; the shop's is kept",
    ]
    assert cup["name"] == "The merchant's cup"
    assert prices(seeded, "GLA-CUP-40")[market] == "19.00"
    change(CUP, OLD_TEXT, NEW_TEXT)
    assert seed_again() == []
    assert NEW_TEXT in cup["description"]
    seed_again(overwrite=True)
    assert cup["name"] != "The merchant's cup"
    assert prices(seeded, "GLA-CUP-40")[market] == file_price


def test_a_category_is_merged_field_by_field(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    glass = record(seeded, "category", "glass")
    glass["name"] = glass["description"] = "Mine"
    change("categories.toml", GLASS_TEXT, "A changed text of the files")
    note = "category glass: description was changed in the shop and in the files; the shop's is kept"
    assert seed_again() == [note]
    assert (glass["name"], glass["description"]) == ("Mine", "Mine")
    seed_again(overwrite=True)
    assert "A changed text" in glass["description"]


def test_a_translation_that_the_merchant_has_changed_stays_and_is_named(
    seeded: FakeSaleor, seed_again: Callable[..., list[str]], change: Callable[[str, str, str], int]
) -> None:
    german = record(seeded, "category", "glass")["translations"]["DE"]
    german["description"] = "Meins"
    assert seed_again() == []
    change("translations/de.toml", GERMAN_GLASS_TEXT, "Ein geänderter Text der Dateien")
    note = "category-de glass: description was changed in the shop and in the files; the shop's is kept"
    assert seed_again() == [note]
    assert german["description"] == "Meins"


def test_a_page_that_the_merchant_has_changed_stays_and_is_named(
    seeded: FakeSaleor, catalog: Catalog
) -> None:
    page = record(seeded, "page", "faq")
    page["title"] = "Mine"
    texts = {lang: PageTexts(f"New {lang}", "Summary", '{"blocks": []}') for lang in ("en", "de", "es")}
    pages = [replace(one, texts=texts) if one.slug == "faq" else one for one in catalog.pages]
    notes: list[str] = []
    seed(seeded.client, replace(catalog, pages=pages), NoProgress(), notes=notes)
    assert notes == ["page faq: title was changed in the shop and in the files; the shop's is kept"]
    assert page["title"] == "Mine"
    assert page["translations"]["DE"]["title"] == "New de"


def test_a_picture_that_the_merchant_has_deleted_stays_deleted(
    folder_with_pictures: Path, pages: list[SeedPage], fake: FakeSaleor
) -> None:
    catalog = read_catalog(folder_with_pictures, pages=pages)
    seed(fake.client, catalog, NoProgress())
    oil = record(fake, "product", "massage-oil")
    del oil["media"][0]
    notes: list[str] = []
    seed(fake.client, catalog, NoProgress(), notes=notes)
    assert notes == ["picture massage-oil/hero.webp was deleted in the shop; it stays deleted"]
    seed(fake.client, catalog, NoProgress(), overwrite=True)
    assert [media["alt"] for media in oil["media"]] == ["hero", "box"]


def test_a_picture_keeps_the_text_that_the_merchant_gave_it_also_with_a_new_file(
    folder_with_pictures: Path, pages: list[SeedPage], fake: FakeSaleor
) -> None:
    seed(fake.client, read_catalog(folder_with_pictures, pages=pages), NoProgress())
    oil = record(fake, "product", "massage-oil")
    oil["media"][0]["alt"] = "Mine"
    Image.new("RGB", (8, 8), (1, 2, 3)).save(folder_with_pictures / "images/massage-oil/hero.webp")
    fake.calls.clear()
    seed(fake.client, read_catalog(folder_with_pictures, pages=pages), NoProgress())
    assert fake.calls["productMediaCreate"] == 1
    assert [media["alt"] for media in oil["media"]] == ["Mine", "box"]
