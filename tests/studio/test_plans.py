"""Which pictures a product has, their variants and alternative texts. Needs no renderer."""

import tomllib

import pytest

from catalog_seed.studio import __main__ as command
from catalog_seed.studio import pictures_index
from catalog_seed.studio.alt_text import LANGUAGES, alt_text
from catalog_seed.studio.catalog import SEED, UnknownProduct, product, products
from catalog_seed.studio.shot_list import UnknownShot, plan, plans


def test_a_box_picture_belongs_only_to_variants_with_these_contents():
    assert plan(product("glass-bulb-set"), "box").skus == ("GLA-BULB-4",)
    assert plan(product("massage-oil"), "box").skus == ("ACC-OIL-100",)


def test_a_scale_picture_names_what_stands_on_the_ruler():
    assert "250 ml and 100 ml" in alt_text(plan(product("massage-oil"), "scale"), "en")
    assert "Three white valves" in alt_text(plan(product("spare-valves-and-hose"), "scale"), "en")


def test_every_variant_of_the_catalog_has_exactly_one_hero():
    for item in products().values():
        heroes = [plan_ for plan_ in plans(item).values() if plan_.kind == "hero"]
        assert sorted(sku for plan_ in heroes for sku in plan_.skus) == sorted(v.sku for v in item.variants)


def test_firmness_needs_no_other_picture():
    assert plan(product("silicone-starter-set"), "hero").skus == ("SIL-START-TEAL-SOFT", "SIL-START-TEAL-MED")
    assert set(plans(product("silicone-starter-set"))) == {
        "hero",
        "hero-blush",
        "closeup",
        "use",
        "box",
        "scale",
    }


def test_an_unknown_product_names_the_known_ones():
    with pytest.raises(UnknownProduct, match=r"no product 'teapot'.*silicone-palm-cup"):
        product("teapot")


def test_an_unknown_shot_names_the_known_ones():
    with pytest.raises(UnknownShot, match=r"no shot 'hero-gold'.*closeup, box, scale"):
        plan(product("massage-oil"), "hero-gold")


def test_the_command_reports_an_unknown_shot_and_writes_nothing(capsys, tmp_path):
    assert command.main(["massage-oil", "hero-gold", "--out", str(tmp_path)]) == 2
    assert "no shot 'hero-gold'" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_alternative_texts_name_what_is_shown():
    starter = plan(product("silicone-starter-set"), "hero")
    assert (
        alt_text(starter, "en")
        == "Silicone cups, teal: 1 × 70 mm, 2 × 60 mm, 1 × 45 mm, before folded towels."
    )
    assert (
        alt_text(starter, "de")
        == "Schröpfköpfe aus Silikon, Petrol: 1 × 70 mm, 2 × 60 mm, 1 × 45 mm, vor gefalteten Handtüchern."
    )
    assert (
        alt_text(starter, "es")
        == "Ventosas de silicona, color verde azulado: 1 × 70 mm, 2 × 60 mm, 1 × 45 mm, delante de toallas dobladas."
    )


def test_the_hose_is_named_only_where_it_is_shown():
    starter = product("pump-starter-set")
    assert "hose" not in alt_text(plan(starter, "hero"), "en")
    assert alt_text(plan(starter, "hero-6-cups-with-hose"), "en").endswith(
        "hand pump, extension hose, on a linen cloth."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_has_a_full_sentence_that_fits_an_alt_attribute(language):
    for item in products().values():
        for plan_ in plans(item).values():
            text = alt_text(plan_, language)
            assert text.endswith(".")
            assert "{" not in text
            assert 20 < len(text) < 250


def test_the_index_lists_existing_files_and_skus_of_the_product():
    entries = tomllib.loads((SEED / "images" / "pictures.toml").read_text(encoding="utf-8"))["pictures"]
    skus = {item.slug: {v.sku for v in item.variants} for item in products().values()}
    for entry in entries:
        assert (SEED / "images" / entry["file"]).is_file()
        assert set(entry["variants"]) <= skus[entry["product"]]
        assert set(entry["alt"]) == set(LANGUAGES)


def test_every_product_has_a_hero_in_the_index():
    entries = tomllib.loads((SEED / "images" / "pictures.toml").read_text(encoding="utf-8"))["pictures"]
    assert {entry["product"] for entry in entries if entry["shot"] == "hero"} == set(products())


def test_the_pictures_together_are_below_twenty_megabytes():
    assert sum(file.stat().st_size for file in (SEED / "images").rglob("*.webp")) < 20_000_000


def test_the_index_is_written_from_the_existing_files(tmp_path):
    (tmp_path / "massage-oil").mkdir()
    (tmp_path / "massage-oil" / "hero.webp").touch()
    assert pictures_index.write(tmp_path) == 1
    [entry] = tomllib.loads((tmp_path / "pictures.toml").read_text(encoding="utf-8"))["pictures"]
    assert (entry["file"], entry["variants"]) == ("massage-oil/hero.webp", ["ACC-OIL-100"])
