"""Versions: the big number moves when a warning, limit or contraindication does; what changed is data."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from store.guidebook import UnknownVersion, insert_versions
from store.guidebook.library import Library, read_library
from store.guidebook.management.commands.insert_release import publish

Edit = Callable[[str, str, str], Library]
INSERT = "inserts/silicone-cups/insert.toml"


def problems(guide_library: Library) -> list[str]:
    return insert_versions.version_problems(guide_library.inserts["silicone-cups"])


def test_every_insert_is_published_as_it_stands(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        assert insert_versions.version_problems(insert) == []
        assert insert.releases[-1].version == insert.version
        assert insert.releases[-1].fingerprint == insert.fingerprint
        assert insert.changes_since(insert.version, "en") == []


@pytest.mark.parametrize(
    ("file", "old", "new", "named"),
    [
        ("limits.toml", "value = 10\n", "value = 8\n", "L-TIME"),
        ("statements/warnings.toml", "Never share your cups.", "Do not share your cups.", "W-SHARE"),
        (
            "statements/contraindications.toml",
            "You are pregnant, or gave",
            "You are pregnant or gave",
            "CI-PREGNANT",
        ),
        ("statements/stop.toml", 'de = "Es tut weh."', 'de = "Es schmerzt."', "ST-PAIN"),
        (INSERT, '  "@never",\n', '  "CI-PREGNANT",\n', "CI-CHILD"),
        (
            "statements/warnings.toml",
            '[W-PULL]\nkind = "warning"\nsignal = "CAUTION"',
            '[W-PULL]\nkind = "warning"\nsignal = "NOTICE"',
            "W-PULL",
        ),
    ],
)
def test_a_changed_warning_limit_or_contraindication_needs_the_big_number(
    edit: Edit, file: str, old: str, new: str, named: str
) -> None:
    assert named in problems(edit(file, old, new))[0]
    minor = edit(INSERT, 'version = "2.0"', 'version = "2.1"')
    assert "the next version is 3.0: every buyer is told" in problems(minor)[0]
    assert problems(edit(INSERT, 'version = "2.1"', 'version = "3.0"')) == []


def test_changed_wording_of_a_step_needs_only_the_small_number(edit: Edit) -> None:
    changed = edit("statements/steps.toml", 'en = "Dry the skin well."', 'en = "Dry your skin well."')
    assert problems(changed) == [
        "silicone-cups: P-DRY differ from the published 2.0. Raise the version in insert.toml."
    ]
    assert problems(edit(INSERT, 'version = "2.0"', 'version = "2.1"')) == []


def test_the_second_version_tells_buyers_what_the_first_said_wrongly(guide_library: Library) -> None:
    changes = {c.id: c for c in guide_library.inserts["silicone-cups"].changes_since("1.0", "de")}
    assert changes["CI-BLEEDING"].major
    assert "Blutungsstörung" in (changes["CI-BLEEDING"].was or "")
    assert "Störung der Blutgerinnung" in (changes["CI-BLEEDING"].now or "")


def test_a_number_never_goes_back(edit: Edit) -> None:
    assert "Count up." in problems(edit(INSERT, 'version = "2.0"', 'version = "1.9"'))[0]


def test_what_changed_is_told_in_the_readers_language_gravest_first(edit: Edit) -> None:
    edit("statements/steps.toml", 'de = "Trocknen Sie die Haut gut ab."', 'de = "Trocknen Sie die Haut."')
    guide_library = edit("limits.toml", "value = 10\n", "value = 8\n")
    changes = guide_library.inserts["silicone-cups"].changes_since("2.0", "de")
    assert [(c.id, c.what, c.label, c.major) for c in changes] == [
        ("L-TIME", "changed", "Geändert", True),
        ("RE-STUCK-HELP", "changed", "Geändert", True),
        ("P-DRY", "changed", "Geändert", False),
    ]
    assert "Nie mehr als 10 Minuten" in (changes[0].was or "")
    assert "Nie mehr als 8 Minuten" in (changes[0].now or "")


def test_a_new_and_a_dropped_statement_are_told_as_such(edit: Edit) -> None:
    edit(INSERT, '  "W-FLIGHT",\n', "")
    guide_library = edit(INSERT, '  "RE-SQUEEZE",\n', '  "RE-SQUEEZE",\n  "MV-FEW",\n')
    changes = {
        c.id: (c.what, c.was is None, c.now is None)
        for c in guide_library.inserts["silicone-cups"].changes_since("2", "es")
    }
    assert changes == {"W-FLIGHT": ("removed", False, True), "MV-FEW": ("added", True, False)}


def test_a_published_version_stays_readable_after_the_next(edit: Edit, guides: Path) -> None:
    edit("limits.toml", "value = 10\n", "value = 8\n")
    guide_library = edit(INSERT, 'version = "2.0"', 'version = "3.0"')
    publish(guide_library.inserts["silicone-cups"], guides)
    read_library.cache_clear()
    insert = read_library(guides).inserts["silicone-cups"]
    assert [r.version for r in insert.releases] == ["1.0", "2.0", "3.0"]
    assert (insert.resolve("1"), insert.resolve("3.0")) == ("1.0", "3.0")
    assert [c.id for c in insert.changes_since("2.0", "en")] == ["L-TIME", "RE-STUCK-HELP"]
    assert insert.changes_since("3", "en") == []


def test_publishing_refuses_other_words_under_the_same_number(edit: Edit, guides: Path) -> None:
    guide_library = edit("limits.toml", "value = 10\n", "value = 8\n")
    file = guides / "inserts/silicone-cups/published/2.0.json"
    before = file.read_text(encoding="utf-8")
    with pytest.raises(Exception, match=r"the next version is 3\.0"):
        publish(guide_library.inserts["silicone-cups"], guides)
    assert file.read_text(encoding="utf-8") == before


def test_a_version_nobody_published_is_unknown(guide_library: Library) -> None:
    with pytest.raises(UnknownVersion) as unknown:
        guide_library.inserts["glass-cups"].changes_since("7.3", "en")
    assert unknown.value.known == ("1.0", "2.0", "3.0")


def test_a_damaged_record_stops_the_start(edit: Edit, guides: Path) -> None:
    file = "inserts/glass-cups/published/1.0.json"
    with pytest.raises(Exception, match="record of a published version is damaged"):
        edit(file, '"version"', '"vrsion"')


def test_a_record_holds_every_language(guide_library: Library) -> None:
    for release in guide_library.inserts["plastic-cups"].releases:
        assert all(set(statement["texts"]) == {"en", "de", "es"} for statement in release.statements.values())
        assert json.dumps(release.statements)
