"""A broken guide file stops the start and says where, what and what to do."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store.guidebook import GuidebookError
from store.guidebook.library import Library, read_library
from store.guidebook.limit_words import keep_together

Edit = Callable[[str, str, str], Library]


def line_of(guides: Path, file: str, words: str) -> int:
    lines = (guides / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if words in line)


def test_a_missing_translation_names_file_line_and_language(edit: Edit, guides: Path) -> None:
    with pytest.raises(GuidebookError) as raised:
        edit("statements/warnings.toml", 'de = "Brandgefahr.', 'dee = "Brandgefahr.')
    assert "unknown key 'dee'" in str(raised.value)
    with pytest.raises(GuidebookError) as raised:
        edit("statements/warnings.toml", 'dee = "Brandgefahr.', '# "Brandgefahr.')
    assert raised.value.file == guides / "statements/warnings.toml"
    assert raised.value.line == line_of(guides, "statements/warnings.toml", "[W-FLAME]")
    assert "W-FLAME has no text in 'de'" in raised.value.problem
    assert raised.value.remedy == 'Write de = "…" below it.'


def test_a_file_that_is_no_toml_names_the_line(edit: Edit, guides: Path) -> None:
    with pytest.raises(GuidebookError) as raised:
        edit("statements/limits.toml", '[L-PARK]\nkind = "limit"', '[L-PARK]\nkind = "limit')
    assert raised.value.line == line_of(guides, "statements/limits.toml", "[L-PARK]") + 1
    assert "missing quote" in raised.value.remedy


def test_a_guide_that_cites_an_unknown_id_names_the_line(edit: Edit, guides: Path) -> None:
    with pytest.raises(GuidebookError) as raised:
        edit("library/glutes.toml", '"GL-WHERE"', '"GL-WERE"')
    assert raised.value.line == line_of(guides, "library/glutes.toml", "GL-WERE")
    assert "Nothing has the id 'GL-WERE'" in raised.value.problem


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "statements/warnings.toml",
            'signal = "WARNING"',
            'signal = "DANGER"',
            "W-FLAME has signal = 'DANGER'",
        ),
        ("statements/warnings.toml", '"F-014", "F-074"', '"F-014", "F-999"', "names the source 'F-999'"),
        ("statements/limits.toml", '"F-046"', '"F-047"', "rests on F-047, which may not be printed (BLOCK)"),
        ("statements/limits.toml", "{minutes_parked} minutes.", "5 minutes.", "names other limits"),
        (
            "statements/limits.toml",
            "{minutes_parked} minutes.",
            "{minutes} minutes.",
            "names the limit '{minutes}'",
        ),
        ("statements/steps.toml", "[P-DRY]", "[W-FLAME]", "W-FLAME is already defined"),
        ("library/faq.toml", 'related = ["first-session"', 'related = ["sciatica"', "no guide 'sciatica'"),
        ("inserts/glass-cups/insert.toml", 'version = "', 'version = "v', "is no version"),
        ("inserts/glass-cups/insert.toml", '"bulb"', '"ball"', "There is no mechanism 'ball'"),
        ("statements/warnings.toml", '["valve"]', '["valv"]', "names the mechanism 'valv'"),
        ("maker.toml", 'email = "gpsr@cupwell.example"', 'email = ""', "[responsible_person] has no email"),
        ("figures/figures.toml", "[rim-check]", "[rim-chek]", "The figure rim-chek has no drawing"),
    ],
)
def test_each_mistake_stops_the_start(edit: Edit, file: str, old: str, new: str, problem: str) -> None:
    with pytest.raises(GuidebookError) as raised:
        edit(file, old, new)
    message = str(raised.value)
    assert problem in message
    assert ", line " in message


def test_a_statement_without_source_or_reason_is_refused(edit: Edit) -> None:
    with pytest.raises(GuidebookError, match="L-FALL names no source"):
        edit(
            "statements/limits.toml",
            '[L-FALL]\nkind = "limit"\nsources = ["F-093", "injury-list"]',
            '[L-FALL]\nkind = "limit"',
        )


def test_one_change_reaches_every_outlet(edit: Edit) -> None:
    changed = edit("limits.toml", 'value = 5\nrule = "B3"', 'value = 4\nrule = "B3"')
    insert, guide = changed.inserts["silicone-cups"], changed.guides["moving-and-parked-cups"]
    for lang, words in (
        ("en", "at most 4 minutes"),
        ("de", "höchstens 4 Minuten"),
        ("es", "4 minutos como máximo"),
    ):
        assert keep_together(words) in insert.html(lang)
        assert words in insert.text(lang)
        assert words in str(insert.blocks(lang))
        assert keep_together(words) in guide.html(lang)


def test_the_library_loads_fast(guide_library: Library) -> None:
    read_library.cache_clear()
    start = time.perf_counter()
    from store.guidebook import library

    library()
    assert time.perf_counter() - start < 1.5  # 0.2 s alone; the bound leaves room for a busy machine
    start = time.perf_counter()
    library()
    assert time.perf_counter() - start < 0.01


def test_a_page_needs_no_pdf_maker() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'store.settings'; import django; django.setup();"
        "from django.conf import settings;"  # drawings have addresses, also where no static files are collected
        "settings.STORAGES['staticfiles']['BACKEND'] = 'django.contrib.staticfiles.storage.StaticFilesStorage';"
        "from store import guidebook; guidebook.library().guides['faq'].html('en');"
        "guidebook.library().inserts['glass-cups'].html('de'); sys.exit('weasyprint' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
