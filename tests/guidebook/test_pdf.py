"""The PDF insert: identical bytes for identical text, tagged for screen readers, a QR code to its version."""

import hashlib
import io
import itertools
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
import segno

from store.guidebook import fold_out_sheet, pdf
from store.guidebook.inserts import Insert
from store.guidebook.library import Library
from store.guidebook.mechanisms import CUP_MECHANISMS, Mechanism

BUILD = (
    "import sys; from store.guidebook import library, pdf;"
    "sys.stdout.buffer.write(library().inserts['massage-oil'].pdf('de', 'a6'))"
)


@pytest.fixture(scope="module")
def leaflet(guide_library: Library) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(guide_library.inserts["silicone-cups"].pdf("en", "a6")))


@pytest.fixture(scope="module")
def sheet(guide_library: Library) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(guide_library.inserts["glass-cups"].pdf("de", "a4")))


def catalog(reader: pypdf.PdfReader) -> Any:
    return reader.trailer["/Root"]


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    node = node.get_object()
    if "/S" in node:
        yield node
    kids = node.get("/K")
    if kids is None:
        return
    kids = kids.get_object() if hasattr(kids, "get_object") else kids
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(found, dict) and "/S" in found:
            yield from elements(found)


def test_two_processes_build_the_same_bytes(tmp_path: Path) -> None:
    pdf_bytes = []
    for seed in ("1", "2"):
        data = tmp_path / seed
        env = os.environ | {
            "PYTHONHASHSEED": seed,
            "DATA_DIR": str(data),
            "DJANGO_SETTINGS_MODULE": "store.settings",
        }
        done = subprocess.run([sys.executable, "-c", BUILD], env=env, capture_output=True, check=True)
        pdf_bytes.append(hashlib.sha256(done.stdout).hexdigest())
    assert pdf_bytes[0] == pdf_bytes[1]


def test_a_cached_pdf_is_not_built_again(
    guide_library: Library, settings: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path
    insert = guide_library.inserts["massage-oil"]
    first = insert.pdf("en", "a6")
    monkeypatch.setattr(pdf, "build", lambda *_: pytest.fail("built twice"))
    assert insert.pdf("en", "a6") == first
    cached = list((Path(settings.DATA_DIR) / "inserts").glob(f"massage-oil-{insert.version}-en-a6-*.pdf"))
    assert len(cached) == 1
    assert not list((Path(settings.DATA_DIR) / "inserts").glob("*.part"))


def test_an_unknown_size_is_refused(guide_library: Library) -> None:
    with pytest.raises(ValueError, match="no insert size 'a5'"):
        guide_library.inserts["massage-oil"].pdf("en", "a5")


@pytest.mark.parametrize(("name", "width", "height"), [("leaflet", 210, 297), ("sheet", 210, 297)])
def test_pages_have_the_size_they_are_printed_on(
    name: str, width: int, height: int, request: pytest.FixtureRequest
) -> None:
    for page in request.getfixturevalue(name).pages:
        assert round(float(page.mediabox.width) / 72 * 25.4) == width
        assert round(float(page.mediabox.height) / 72 * 25.4) == height


@pytest.mark.parametrize(("name", "lang"), [("leaflet", "en"), ("sheet", "de")])
def test_it_says_of_itself_that_it_is_pdf_ua(name: str, lang: str, request: pytest.FixtureRequest) -> None:
    root = catalog(request.getfixturevalue(name))
    about = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfuaid:part="1"' in about
    assert "<dc:title>" in about
    assert root["/MarkInfo"]["/Marked"] is True or str(root["/MarkInfo"]["/Marked"]) == "True"
    assert root["/Lang"] == lang
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/Outlines" in root


@pytest.mark.parametrize("name", ["leaflet", "sheet"])
def test_every_figure_has_a_text_and_headings_do_not_skip(name: str, request: pytest.FixtureRequest) -> None:
    found = list(elements(catalog(request.getfixturevalue(name))["/StructTreeRoot"]))
    figures = [e for e in found if e["/S"] == "/Figure"]
    assert len(figures) >= 5
    assert all(len(str(e.get("/Alt", ""))) > 25 for e in figures)
    levels = [int(e["/S"][2:]) for e in found if re.fullmatch(r"/H[1-6]", e["/S"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", ["leaflet", "sheet"])
def test_lists_are_lists_and_all_that_is_drawn_is_tagged_or_decoration(
    name: str, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(name)
    for item in (e for e in elements(catalog(reader)["/StructTreeRoot"]) if e["/S"] == "/L"):
        assert {kid.get_object()["/S"] for kid in item["/K"]} <= {"/L", "/LI", "/Caption"}
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        depth, untagged = 0, 0
        for operands, operator in pypdf.generic.ContentStream(page.get_contents(), reader).operations:
            depth += operator in {b"BDC", b"BMC"}
            depth -= operator == b"EMC"
            untagged += operator in {b"Tj", b"TJ"} and depth == 0
            del operands
        assert untagged == 0


@pytest.mark.parametrize("name", ["leaflet", "sheet"])
def test_marked_content_is_in_the_structure_tree_and_the_margin_is_an_artifact(
    name: str, request: pytest.FixtureRequest
) -> None:
    reader = request.getfixturevalue(name)
    numbers = catalog(reader)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    in_tree = {e.indirect_reference.idnum for e in elements(catalog(reader)["/StructTreeRoot"])}
    for page, owners in zip(reader.pages, numbers[1::2], strict=True):
        parts = pypdf.generic.ContentStream(page.get_contents(), reader).operations
        marked = [operands for operands, operator in parts if operator == b"BDC"]
        content = [properties["/MCID"] for tag, properties in marked if "/MCID" in properties]
        assert content
        assert len(content) == len(set(content))
        assert {owners[mcid].idnum for mcid in content} <= in_tree
        artifacts = [tag for tag, properties in marked if properties.get("/Type") == "/Pagination"]
        # the sheet that folds has panels instead of pages: no running line and no page number
        assert len(artifacts) >= 2 if name == "sheet" else not artifacts, (
            "the running line and the page number"
        )


@pytest.mark.parametrize("name", ["leaflet", "sheet"])
def test_only_our_own_fonts_are_used_and_all_are_embedded(name: str, request: pytest.FixtureRequest) -> None:
    names = set()
    for page in request.getfixturevalue(name).pages:
        for font in page["/Resources"].get("/Font", {}).values():
            found = font.get_object()
            descendant = found["/DescendantFonts"][0].get_object() if "/DescendantFonts" in found else found
            assert any(key.startswith("/FontFile") for key in descendant["/FontDescriptor"].get_object())
            assert "/ToUnicode" in found
            names.add(found["/BaseFont"].split("+")[1])
    assert all(n.startswith(("Source-Sans-3", "Fraunces")) for n in names), names


@pytest.mark.parametrize(
    ("name", "slug", "lang"), [("leaflet", "silicone-cups", "en"), ("sheet", "glass-cups", "de")]
)
def test_the_text_of_a_figure_is_the_whole_description_not_its_title(
    name: str, slug: str, lang: str, guide_library: Library, request: pytest.FixtureRequest
) -> None:
    tree = catalog(request.getfixturevalue(name))["/StructTreeRoot"]
    texts = {str(e.get("/Alt", "")) for e in elements(tree) if e["/S"] == "/Figure"}
    insert = guide_library.inserts[slug]
    shown = [*insert.figures.values(), *(insert.signs if name == "leaflet" else ())]
    assert {figure.alt(lang) for figure in shown} <= texts


@pytest.mark.parametrize("lang", ["en", "de", "es"])
@pytest.mark.parametrize(
    "slug", ["silicone-cups", "plastic-cups", "glass-cups", "glass-valve-cups", "massage-oil", "spare-parts"]
)
def test_the_whole_insert_holds_every_statement_and_is_small_enough_to_mail(
    guide_library: Library, slug: str, lang: str
) -> None:
    insert = guide_library.inserts[slug]
    pdf_bytes = insert.pdf(lang, "a4")
    assert len(pdf_bytes) < 300_000
    printed = page_text(pdf_bytes)
    for statement in insert.statements.values():
        words = squeezed(statement.text(lang))
        assert words in printed or words[:20] in printed, statement.id
    assert insert.version in printed


def page_text(pdf_bytes: bytes) -> str:
    return squeezed(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf_bytes)).pages))


def squeezed(text: str) -> str:
    """The text without spaces, hyphens and bullets."""
    return re.sub(r"[\s\-•]+", "", text)


def test_drawings_are_small_enough_that_no_page_of_the_whole_insert_ends_half_empty(
    sheet: pypdf.PdfReader,
) -> None:
    assert len(sheet.pages) == 6


@pytest.mark.parametrize("slug", ["silicone-cups", "plastic-cups", "glass-valve-cups", "massage-oil"])
def test_the_sheet_holds_what_must_be_met_first(guide_library: Library, slug: str) -> None:
    insert = guide_library.inserts[slug]
    printed = page_text(insert.pdf("de", "a6"))
    met_first = [*insert.never("de"), *insert.ask_first("de")]
    met_first += [
        s.in_language("de") for s in insert.statements.values() if s.kind == "stop" or s.urgency == "now"
    ]
    for statement in met_first:
        words = squeezed(statement.text)
        assert words in printed or words[:20] in printed, statement.id
    assert "112" in printed
    assert all(squeezed(sign.title("de"))[:12] in printed for sign in insert.signs)


def test_the_sheet_of_what_can_break_tells_what_to_do_about_a_cut(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        is_brittle = "FA-CUT" in insert.statements
        sheet = fold_out_sheet.sheet_body(insert, "en", address="https://shop.example/")
        assert ("Cut: press a clean cloth" in sheet) == is_brittle, insert.slug


def test_the_sheet_of_a_set_has_the_six_signs_on_its_cover(guide_library: Library) -> None:
    signs = ["sign-flame", "sign-pregnant", "sign-thinner", "sign-spine", "sign-timer", "sign-asleep"]
    for insert in guide_library.inserts.values():
        if insert.mechanism in CUP_MECHANISMS:
            assert [sign.slug for sign in insert.signs] == signs


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_every_panel_of_every_sheet_holds_its_words_on_one_sheet(guide_library: Library, lang: str) -> None:
    for insert in guide_library.inserts.values():
        document = laid_out(insert, lang)
        assert len(document.pages) == 2, (insert.slug, "both sides of one sheet")
        panels = [box for page in document.pages for box in boxes(page, "panel")]
        assert len(panels) == (8 if insert.mechanism in CUP_MECHANISMS else 4), insert.slug
        for panel in panels:
            [body] = [box for box in panel.descendants() if has_class(box, "panel-body")]
            assert body.height <= panel.height, (insert.slug, panel.element.get("class"))


def test_every_figure_of_an_insert_shows_its_own_kind_of_cup(guide_library: Library) -> None:
    own = {
        Mechanism.SQUEEZE: {"squeeze", "glide", "release"},
        Mechanism.BULB: {"bulb", "glide-bulb", "release-bulb"},
        Mechanism.VALVE: {"pump", "glide-valve", "release-valve"},
    }
    of_one_kind = set().union(*own.values())
    for insert in guide_library.inserts.values():
        expected = own.get(insert.mechanism, set())
        assert set(insert.figures) & of_one_kind == expected, insert.slug
        if expected:
            page = pdf.insert_html(insert, "en", "a6")
            assert set(re.findall(r'src="figure:([a-z-]+)"', page)) & of_one_kind == expected, insert.slug


def test_no_line_of_a_sheet_ends_within_a_word(guide_library: Library) -> None:
    """Divided words are slower to read, and "Venenent-zündung" is hard even for a German."""
    insert = guide_library.inserts["glass-valve-cups"]
    for lang in guide_library.languages:
        printed = "\n".join(
            page.extract_text() for page in pypdf.PdfReader(io.BytesIO(insert.pdf(lang, "a6"))).pages
        )
        assert re.findall(r"\w+-\n(?!und|oder)[a-zäöüß]+", printed) == [], lang


def has_class(box: Any, name: str) -> bool:
    return box.element is not None and name in (box.element.get("class") or "").split()


def boxes(page: Any, name: str) -> list[Any]:
    return [box for box in page._page_box.descendants() if has_class(box, name)]


def laid_out(insert: Insert, lang: str) -> Any:
    """The sheet as WeasyPrint lays it out, without the last step that writes the file."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), pdf.url_fetcher(pdf.pictures(insert, lang))
    sheet = CSS(string=pdf.stylesheet("a6"), font_config=fonts, url_fetcher=fetcher)
    page = HTML(string=pdf.insert_html(insert, lang, "a6"), url_fetcher=fetcher, base_url="insert:")
    return page.render(stylesheets=[sheet], font_config=fonts)


def test_the_code_leads_to_this_insert_version_and_language(guide_library: Library, settings: Any) -> None:
    settings.PUBLIC_URL = "https://cups.test"
    insert = guide_library.inserts["glass-cups"]
    assert pdf.insert_url(insert, "de") == f"https://cups.test/de/inserts/glass-cups/?v={insert.version}"
    expected = segno.make(pdf.insert_url(insert, "de"), error="m", micro=False).svg_inline(
        border=2, omitsize=True
    )
    drawn = re.search(r' d="([^"]+)"', expected)
    assert drawn
    assert drawn[1] in pdf.qr_code_svg(insert, "de")
    page = pdf.insert_html(insert, "de", "a6")
    assert f"https://cups.test/de/inserts/glass-cups/?v={insert.version}" in page


def test_a_pdf_cannot_load_anything_from_outside() -> None:
    page = '<!doctype html><html lang="en"><title>x</title><img src="https://example.test/x.png" alt="x">'
    with pytest.raises(BaseException, match="Error fetching"):
        pdf.build(page, "", "00" * 16, {})
