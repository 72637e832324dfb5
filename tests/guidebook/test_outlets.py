"""HTML, plain text and EditorJS carry the same statements, in every language."""

import re
from html.parser import HTMLParser

import pytest

from store import guidebook
from store.guidebook.library import Library
from store.guidebook.limit_words import keep_together
from store.guidebook.records import Figure

LANGUAGES = ("en", "de", "es")


class Reader(HTMLParser):
    """Checks the nesting of tags; collects ids, headings and inline styles."""

    VOID = frozenset({"path", "circle", "rect", "ellipse", "line", "img", "br", "meta", "polygon"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[str] = []
        self.styles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"]] if found.get("id") else []
        self.styles += "style" in found
        self.headings += [tag] if re.fullmatch(r"h[1-6]", tag) else []
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("lang", LANGUAGES)
def test_pages_are_well_formed_with_unique_ids_and_no_inline_style(guide_library: Library, lang: str) -> None:
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        reader = Reader()
        reader.feed(document.html(lang))
        assert reader.open == [], document.slug
        assert len(reader.ids) == len(set(reader.ids)), document.slug
        assert set(reader.headings) == {"h2"}
        assert reader.styles == 0  # the shop's content security policy allows none


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_text_and_blocks_carry_every_statement(guide_library: Library, lang: str) -> None:
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        html, text = document.html(lang), document.text(lang)
        blocks = str(document.blocks(lang))
        for statement in document.statements.values():
            assert f'data-id="{statement.id}"' in html
            assert statement.text(lang) in text
            assert statement.text(lang)[:30].split("'")[0] in blocks


def test_the_three_languages_hold_the_same_statements_in_the_same_order(guide_library: Library) -> None:
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        orders = {lang: re.findall(r'data-id="([^"]+)"', document.html(lang)) for lang in LANGUAGES}
        assert orders["en"] == orders["de"] == orders["es"]


def test_no_text_is_left_in_another_language(guide_library: Library) -> None:
    same = [s.id for s in guide_library.statements.values() if len(set(s.texts.values())) < 3]
    assert same == []


def test_signal_words_are_translated_and_stand_in_a_panel(guide_library: Library) -> None:
    insert = guide_library.inserts["glass-cups"]
    assert '<div class="gb-signal gb-warning">' in insert.html("de")
    assert "WARNUNG: Brandgefahr." in insert.text("de")
    assert "ADVERTENCIA: Peligro de quemaduras." in insert.text("es")


def test_warnings_of_one_signal_word_share_a_panel(guide_library: Library) -> None:
    warnings = guide_library.inserts["silicone-cups"].html("en").split("</section>")[0]
    assert warnings.count('class="gb-word"') == 1
    assert warnings.count("data-id=") == 6


def test_a_locale_finds_its_language_and_an_unknown_one_gets_english(guide_library: Library) -> None:
    guide = guide_library.guides["marks"]
    assert guide.title("de_AT") == guide.title("DE") == guide.titles["de"] != guide.titles["en"]
    assert guide.title("fr") == guide.titles["en"]


def test_summary_statements_are_few_and_say_their_signal(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        statements = insert.summary_statements("es")
        assert 3 <= len(statements) <= 9
        assert {s.label for s in statements} <= {"ADVERTENCIA", "PRECAUCIÓN", "AVISO"}
        assert all(s.text == guide_library.statements[s.id].text("es") for s in statements)


def test_a_fragment_says_the_same_in_html_and_text(guide_library: Library) -> None:
    rendered = guidebook.render_mail_statements(
        ["W-FLAME", "@stop", "P-WASH", "P-DRY", "figure:release"], "en", material="silicone"
    )
    words = {
        id_: guide_library.statements[id_].text("en") for id_ in ("W-FLAME", "P-WASH", "P-DRY", "ST-PAIN")
    }
    assert f"WARNING: {words['W-FLAME']}" in rendered.text
    assert f"1. {words['P-WASH']}\n2. {words['P-DRY']}" in rendered.text
    assert f"- {words['ST-PAIN']}" in rendered.text
    assert rendered.html.count("<li>") == 10
    for line in ("Right: press the skin at the rim", "Never: pull it off"):  # the legend of the drawing
        assert line in rendered.html
        assert line in rendered.text
    assert [figure.slug for figure in rendered.figures] == ["release"]
    assert "/static/guidebook/figures/release.png" in rendered.html


def test_a_fragment_may_point_its_pictures_elsewhere() -> None:
    assert (
        'src="cid:glide"'
        in guidebook.render_mail_statements(["figure:glide"], "en", figure_src="cid:{slug}").html
    )


def test_a_fragment_of_an_unknown_statement_fails_loudly() -> None:
    with pytest.raises(KeyError, match="W-NOTHING"):
        guidebook.render_mail_statements(["W-NOTHING"], "en")


def test_a_group_in_a_fragment_holds_only_what_suits_the_material() -> None:
    allergy = guidebook.library().statements["CI-OIL-ALLERGY"].text("en")
    assert allergy not in guidebook.render_mail_statements(["@never"], "en", material="silicone").text
    assert allergy in guidebook.render_mail_statements(["@never"], "en", material="oil").text


def test_every_figure_has_words_beside_it_and_none_inside(guide_library: Library) -> None:
    assert len(guide_library.figures) == 24
    for figure in guide_library.figures.values():
        assert "<text" not in figure.svg, figure.slug  # numbers are outlines: no font can be missing
        assert not re.search(r"\bstyle=|<style|<script|href=\"http", figure.svg), figure.slug
        drawn = set(map(int, re.findall(r'data-n="(\d+)"', figure.svg)))
        assert drawn == set(range(1, len(figure.legend) + 1)), figure.slug
        for lang in LANGUAGES:
            assert len(figure.alt(lang)) > (30 if figure.slug.startswith("sign-") else 60)


def test_every_figure_has_a_current_png_for_mail(guide_library: Library) -> None:
    from store.guidebook import figure_png

    for figure in guide_library.figures.values():
        assert figure_png.is_current(figure), f"run manage.py guidebook_build --only figures ({figure.slug})"
        assert figure_png.png_path(figure).stat().st_size < 60_000


def test_every_figure_is_shown_somewhere(guide_library: Library) -> None:
    shown: set[str] = set()
    for document in [*guide_library.guides.values(), *guide_library.inserts.values()]:
        shown |= {f.slug for f in document.figures.values() if isinstance(f, Figure)}
    shown |= {sign.slug for insert in guide_library.inserts.values() for sign in insert.signs}
    assert shown == set(guide_library.figures)


def test_a_figure_reads_in_black_and_white(guide_library: Library) -> None:
    """Places are dashed outlines, never-zones are hatched: shape, not color, tells them apart."""
    for slug in ("map-back", "map-glutes-hips", "map-hamstrings"):
        svg = guide_library.figures[slug].svg
        assert svg.count('stroke-dasharray="6 4"') >= 2
        assert svg.count("<clipPath") >= 3


def test_the_maker_block_is_on_every_insert_and_marked_as_an_example(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        for lang, mark in (("en", "EXAMPLE DATA"), ("de", "BEISPIELDATEN"), ("es", "DATOS DE EJEMPLO")):
            page = insert.html(lang)
            assert mark in page
            assert guide_library.maker.maker["name"] in page
            assert keep_together(guide_library.maker.responsible_person["address"]) in page
            assert guide_library.maker.contact["email"] in page
