"""Broken catalog files: each problem is found before anything is written, with file, line and advice."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from store.seed.read import Catalog, read_catalog
from store.seed.read.pages import SeedPage

Change = Callable[[str, str, str], int]
Problems = Callable[[], list[str]]

PALM = "products/silicone-palm-cup.toml"
GLASS = "products/glass-bulb-cup.toml"


def test_the_catalogue_has_15_products_with_40_variants(catalog: Catalog) -> None:
    assert len(catalog.products) == 15
    assert sum(len(product.variants) for product in catalog.products) == 40
    assert {product.category for product in catalog.products} == {
        "silicone",
        "glass",
        "plastic",
        "accessories",
    }


def test_every_product_names_its_guides_and_one_insert(catalog: Catalog) -> None:
    for product in catalog.products:
        assert product.attributes["guides"], product.slug
        assert isinstance(product.attributes["safety-insert"], str), product.slug


def test_every_body_area_that_is_named_comes_with_its_guide(catalog: Catalog) -> None:
    for product in catalog.products:
        areas = {area.lower().replace(" ", "-") for area in product.attributes.get("body-areas", [])}
        assert areas <= set(product.attributes["guides"]), product.slug


def test_an_unknown_key_is_named_with_the_one_that_was_meant(change: Change, find_problems: Problems) -> None:
    line = change(PALM, "weight_kg = 0.07", "weigth_kg = 0.07")
    assert find_problems() == [
        f"{PALM}:1: `weight_kg` is missing. Add it",
        f"{PALM}:{line}: unknown key `weigth_kg`. Did you mean `weight_kg`?",
    ]


def test_a_missing_guide_is_named_with_the_closest_one(change: Change, find_problems: Problems) -> None:
    line = change(PALM, '"glutes", "lower-back"', '"glute", "lower-back"')
    assert find_problems() == [f"{PALM}:{line}: there is no guide in guides/ `glute`. Did you mean `glutes`?"]


def test_an_insert_is_no_guide(change: Change, find_problems: Problems) -> None:
    line = change(PALM, 'safety-insert = "silicone-cups"', 'safety-insert = "aftercare"')
    assert find_problems() == [
        f"{PALM}:{line}: there is no safety-insert in guides/ `aftercare`. "
        "Choose one of: glass-cups, glass-valve-cups, massage-oil, plastic-cups, silicone-cups, spare-parts"
    ]


def test_a_buyer_never_gets_the_insert_of_another_material(change: Change, find_problems: Problems) -> None:
    line = change(PALM, 'safety-insert = "silicone-cups"', 'safety-insert = "glass-cups"')
    assert find_problems() == [
        f"{PALM}:{line}: `glass-cups` is for glass, `silicone-palm-cup` is made of silicone. "
        "Name the one for silicone"
    ]


def test_an_unknown_attribute_value_is_refused(change: Change, find_problems: Problems) -> None:
    line = change(PALM, 'material = "Silicone"', 'material = "Bamboo"')
    assert find_problems() == [
        f"{PALM}:{line}: there is no value of `material` `Bamboo`. Choose one of: Glass, Plastic, Silicone"
    ]


def test_a_sku_belongs_to_one_variant_only(change: Change, find_problems: Problems) -> None:
    line = change(PALM, '"SIL-PALM-TEAL-S"', '"GLA-CUP-40"')
    assert find_problems() == [
        f"{PALM}:{line}: the SKU `GLA-CUP-40` is already used in glass-bulb-cup.toml. "
        "Give each variant a SKU of its own"
    ]


def test_a_price_has_no_more_decimals_than_its_currency(change: Change, find_problems: Problems) -> None:
    line = change(GLASS, 'default-channel = "15.00"', 'default-channel = "15.001"')
    assert find_problems() == [f"{GLASS}:{line}: 15.001 has more decimals than USD allows. Use at most 2"]


def test_a_price_stands_in_quotes(change: Change, find_problems: Problems) -> None:
    line = change(GLASS, 'default-channel = "15.00"', "default-channel = 15.0")
    assert find_problems() == [
        f"{GLASS}:{line}: `variants[1].price.default-channel` = 15.0: "
        'write the number in quotes, such as "12.90", so that it stays exact. Correct the value'
    ]


def test_each_variant_has_a_price_and_stock_for_each_channel(change: Change, find_problems: Problems) -> None:
    price = change(GLASS, '"15.00", eu = "14.50"', '"15.00"')
    stock = change(GLASS, "{ us-main = 2, eu-main = 20 }", "{ eu-main = 20 }")
    assert find_problems() == [
        f"{GLASS}:{price}: `GLA-CUP-40` has no price in `eu`. Add its price in EUR",
        f"{GLASS}:{stock}: `GLA-CUP-60` has no stock for `default-channel`. "
        "Add one of us-main; 0 means sold out",
    ]


def test_variants_that_nobody_could_tell_apart_are_refused(change: Change, find_problems: Problems) -> None:
    line = change(GLASS, 'attributes = { size = "60 mm" }', 'attributes = { size = "50 mm" }')
    assert find_problems() == [
        f"{GLASS}:{line}: `GLA-CUP-60` and `GLA-CUP-50` have the same attributes. "
        "Change one, so that a shopper can choose"
    ]


def test_sizes_told_and_sizes_measured_agree(change: Change, find_problems: Problems) -> None:
    line = change(GLASS, 'cup-diameters = ["40 mm", "50 mm", "60 mm"]', 'cup-diameters = ["40 mm", "50 mm"]')
    assert find_problems() == [
        f"{GLASS}:{line}: `cup-diameters` says ['40 mm', '50 mm'], "
        "the cups measure ['40 mm', '50 mm', '60 mm']. Make the two agree"
    ]


def test_the_box_of_a_variant_holds_the_cups_it_is_measured_with(
    change: Change, find_problems: Problems
) -> None:
    line = change(GLASS, "1 glass cup, 50 mm", "2 glass cups, 50 mm")
    problem, *untranslated = find_problems()
    assert all("`2 glass cups, 50 mm` has no translation" in one for one in untranslated)
    assert problem == (
        f"{GLASS}:{line - 1}: the box of `GLA-CUP-50` holds 2 of 50 mm, its `cups` are 1 of 50 mm. Make the two agree"
    )


def test_a_fact_that_the_product_type_has_not_is_named(change: Change, find_problems: Problems) -> None:
    change(GLASS, 'variant-box-contents = """\n1 glass cup, 50', 'variant-box = """\n1 glass cup, 50')
    (problem,) = find_problems()
    assert "variant fact in `cup-set`" in problem
    assert "`variant-box-contents`" in problem


@pytest.mark.parametrize("minutes", [0, 6])
def test_no_product_may_be_parked_longer_than_the_guides_allow(
    minutes: int, change: Change, find_problems: Problems
) -> None:
    line = change(PALM, "max-parked-minutes = 5", f"max-parked-minutes = {minutes}")
    assert find_problems() == [
        f"{PALM}:{line}: {minutes} minutes in one place. Use 1 to 5: no product may be looser than the guides"
    ]


def test_a_health_claim_is_refused(change: Change, find_problems: Problems) -> None:
    line = change(PALM, "One soft cup that fits in your palm.", "Removes toxins and cures back pain.")
    found = find_problems()
    assert found
    assert all(problem.startswith(f"{PALM}:{line - 1}: ") for problem in found)


def test_a_file_that_is_no_toml_is_named_with_its_line(change: Change, find_problems: Problems) -> None:
    line = change(PALM, 'name = "Silicone Palm Cup"', "name = Silicone Palm Cup")
    assert find_problems() == [f"{PALM}:{line}: Invalid value. Correct the TOML on this line"]


def test_a_missing_file_is_named(folder: Path, find_problems: Problems) -> None:
    (folder / "taxes.toml").unlink()
    assert find_problems() == ["taxes.toml:1: the file is missing. Put it back or make an empty one"]


def test_a_file_nobody_reads_is_named(folder: Path, find_problems: Problems) -> None:
    (folder / "category.toml").write_text("")
    problems = find_problems()
    assert len(problems) == 1
    assert problems[0].startswith("category.toml:1: the seed knows no such file. Rename it to one of: shop, ")


def test_a_product_file_is_named_after_its_slug(folder: Path, find_problems: Problems) -> None:
    (folder / PALM).rename(folder / "products/palm.toml")
    assert find_problems() == [
        "products/palm.toml:1: the file holds the product `silicone-palm-cup`. "
        "Name the file silicone-palm-cup.toml, or change the slug"
    ]


def test_a_warehouse_has_a_real_address(change: Change, find_problems: Problems) -> None:
    line = change("warehouses.toml", 'postal_code = "04158"', 'postal_code = "4158"')
    assert find_problems() == [
        f"warehouses.toml:{line}: the address of `eu-main` is not valid in DE: postal_code is invalid. "
        "Correct the address"
    ]


def test_a_zone_shares_a_warehouse_with_its_channel(change: Change, find_problems: Problems) -> None:
    text = 'channels = ["eu"]\nwarehouses = ["eu-main"]'
    line = change("shipping.toml", text, 'channels = ["eu"]\nwarehouses = ["us-main"]')
    assert find_problems() == [
        f"shipping.toml:{line + 1}: the zone `European Union` and the channel `eu` share no warehouse. "
        "Add one of the channel's warehouses to the zone"
    ]


def test_each_country_we_ship_to_has_a_tax_rate(change: Change, find_problems: Problems) -> None:
    change("taxes.toml", 'SK = "23"\n', "")
    assert find_problems() == [
        "taxes.toml:10: `Standard` has no rate for SK, where we ship to. Add the rate; 0 is a rate"
    ]


def test_a_menu_item_points_to_one_thing_that_exists(change: Change, find_problems: Problems) -> None:
    lost = change("menus.toml", 'category = "glass"', 'category = "bamboo"')
    both = change("menus.toml", 'page = "imprint"', 'page = "imprint", category = "glass"')
    assert find_problems() == [
        f"menus.toml:{lost}: there is no category `bamboo`. "
        "Choose one of: accessories, glass, plastic, silicone",
        f"menus.toml:{both}: `Imprint` points to 2 things. Give exactly one of: category, collection, page",
    ]


def test_all_problems_are_told_at_once(change: Change, find_problems: Problems) -> None:
    change(PALM, 'material = "Silicone"', 'material = "Bamboo"')
    change(GLASS, 'material = "Glass"', 'material = "Bamboo"')
    change("channels.toml", 'currency = "EUR"', 'currency = "EUX"')
    assert [problem.partition(":")[0] for problem in find_problems()] == ["channels.toml", GLASS, PALM]


def test_a_picture_has_a_file_a_product_and_words_in_every_language(
    folder: Path, find_problems: Problems
) -> None:
    (folder / "images").mkdir()
    (folder / "images/pictures.toml").write_text(
        '[[pictures]]\nproduct = "massage-oils"\nfile = "massage-oil/hero.webp"\nshot = "hero"\n'
        'alt.en = "A bottle"\nalt.de = "Eine Flasche"\n'
    )
    assert find_problems() == [
        "images/pictures.toml:2: there is no product `massage-oils`. Did you mean `massage-oil`?",
        "images/pictures.toml:3: the picture massage-oil/hero.webp is missing. "
        "Put the file there or drop the entry",
        "images/pictures.toml:5: massage-oil/hero.webp has no alt text in `es`. Describe it",
    ]


def test_a_product_may_wait_for_its_picture(catalog: Catalog) -> None:
    assert len(catalog.products_without_picture) == 15


def test_the_shipped_catalogue_and_guides_fit_together(repository: Path) -> None:
    from store.seed.read.pages import pages_from_guidebook

    catalog = read_catalog(repository / "catalog_seed", pages=pages_from_guidebook())
    assert sum(page.page_type == "guide" for page in catalog.pages) == 19
    assert sum(page.page_type == "safety-insert" for page in catalog.pages) == 6


def test_a_number_may_have_decimals(change: Change, folder: Path, pages: list[SeedPage]) -> None:
    change(GLASS, "max-parked-minutes = 5", "max-parked-minutes = 2.5")
    read = read_catalog(folder, pages=pages)
    [product] = [product for product in read.products if product.slug == "glass-bulb-cup"]
    assert product.attributes["max-parked-minutes"] == Decimal("2.5")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("cup-count = 1\n", "cup-count = true\n", "`attributes.cup-count` = True"),
        ("cup-count = 1\n", 'cup-count = "one"\n', "`cup-count` = 'one' does not fit"),
        ('material = "Glass"', 'material = ["Glass", 1]', "`attributes.material`"),
        ('material = "Glass"', 'materiel = "Glass"', "materiel"),
        ("weight_kg = 0.17", 'weight_kg = "light"', "`weight_kg` = 'light'"),
        ('slug = "glass-bulb-cup"', 'slug = "Glass Bulb Cup"', "`slug`"),
        ('product_type = "cup-set"', 'product_type = "cup-sets"', "cup-sets"),
        ('category = "glass"', 'category = "glas"', "glas"),
        ('collections = ["singles"]', 'collections = ["single"]', "single"),
        ('safety-insert = "glass-cups"', "safety-insert = { a = 1 }", "`attributes.safety-insert`"),
    ],
)
def test_one_mistake_gives_one_true_line(
    change: Change, find_problems: Problems, old: str, new: str, told: str
) -> None:
    line = change(GLASS, old, new)
    [problem] = find_problems()
    assert problem.startswith(f"{GLASS}:{line}: ") or "materiel" in problem
    assert told in problem
