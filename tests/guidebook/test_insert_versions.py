"""Versions: the big number moves when a warning, limit, figure or heading of one does; what changed is data."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from store.guidebook import UnknownVersion, insert_versions
from store.guidebook.inserts import Insert
from store.guidebook.library import Library, read_library
from store.guidebook.management.commands.insert_release import publish

Edit = Callable[[str, str, str], Library]
InsertWords = Callable[[str, str, str, str], Library]
SLUG = "silicone-cups"
INSERT = f"inserts/{SLUG}/insert.toml"


def silicone(guide_library: Library) -> Insert:
    return guide_library.inserts[SLUG]


def problems(guide_library: Library) -> list[str]:
    return insert_versions.version_problems(silicone(guide_library))


@pytest.fixture
def current(guide_library: Library) -> str:
    return silicone(guide_library).version


@pytest.fixture
def next_versions(current: str) -> tuple[str, str]:
    """The next small and the next big number."""
    major, minor = map(int, current.split("."))
    return f"{major}.{minor + 1}", f"{major + 1}.0"


@pytest.fixture
def reword(guides: Path) -> Callable[[str, str, str], Library]:
    """Append a word to a text of a statement of the copy, whatever it says today, then read the copy."""

    def change(file: str, id_: str, lang: str) -> Library:
        path = guides / "statements" / file
        text = path.read_text(encoding="utf-8")
        record = re.search(rf"^\[{id_}\]\n(?:(?!\[).*\n)*", text, re.MULTILINE)
        assert record
        changed = re.sub(rf'^({lang} = "[^"]*)"$', r'\1 Now."', record[0], flags=re.MULTILINE)
        assert changed != record[0]
        path.write_text(text.replace(record[0], changed), encoding="utf-8")
        read_library.cache_clear()
        return read_library(guides)

    return change


def limit(guides: Path, name: str) -> int:
    value = tomllib.loads((guides / "limits.toml").read_text(encoding="utf-8"))[name]["value"]
    assert isinstance(value, int)
    return value


def test_every_insert_is_published_as_it_stands(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        assert insert_versions.version_problems(insert) == []
        assert insert.releases[-1].version == insert.version
        assert insert.releases[-1].fingerprint == insert.fingerprint
        assert insert.changes_since(insert.version, "en") == []


@pytest.mark.parametrize(
    ("file", "id_", "lang"),
    [
        ("warnings.toml", "W-SHARE", "en"),
        ("contraindications.toml", "CI-PREGNANT", "en"),
        ("stop.toml", "ST-PAIN", "de"),
        ("limits.toml", "L-TIME", "es"),
    ],
)
def test_a_changed_warning_limit_or_contraindication_needs_the_big_number(
    reword: Edit, edit: Edit, current: str, next_versions: tuple[str, str], file: str, id_: str, lang: str
) -> None:
    small, big = next_versions
    assert id_ in problems(reword(file, id_, lang))[0]
    minor = edit(INSERT, f'version = "{current}"', f'version = "{small}"')
    assert f"the next version is {big}: every buyer is told" in " ".join(problems(minor)[0].split())
    assert problems(edit(INSERT, f'version = "{small}"', f'version = "{big}"')) == []


def test_so_does_a_dropped_line(edit: Edit) -> None:
    found = problems(edit(INSERT, '  "@never",\n', '  "CI-PREGNANT",\n'))[0]
    assert "CI-CHILD" in found
    assert "every buyer is told" in " ".join(found.split())


@pytest.mark.parametrize(
    ("file", "record", "after", "named"),
    [
        ("figures/figures.toml", "map-back", r'legend = \[\n  \{ en = "', "figure:map-back"),
        ("figures/figures.toml", "map-back", 'title = { en = "', "figure:map-back"),
        ("headings.toml", "never", 'en = "', "heading:never"),
        ("labels.toml", "CAUTION", 'en = "', "label:CAUTION"),
    ],
)
def test_so_does_a_signal_word_a_legend_and_the_heading_of_a_warning(
    insert_words: InsertWords, file: str, record: str, after: str, named: str
) -> None:
    found = problems(insert_words(file, record, after, "Perhaps "))[0]
    assert named in found
    assert "every buyer is told" in " ".join(found.split())


def test_so_does_another_signal_word_of_a_warning(edit: Edit) -> None:
    head = '[W-PULL]\nkind = "warning"\nsignal = '
    found = problems(edit("statements/warnings.toml", f'{head}"CAUTION"', f'{head}"NOTICE"'))[0]
    assert "W-PULL" in found


def test_so_does_a_redrawn_figure(edit: Edit) -> None:
    assert "figure:map-back" in problems(edit("figures/map-back.svg", "<path", "<path "))[0]


def test_a_warning_under_another_heading_needs_the_big_number(edit: Edit) -> None:
    edit(INSERT, '  "W-SHARE",\n', "")
    found = problems(edit(INSERT, '  "AF-REST",\n', '  "AF-REST",\n  "W-SHARE",\n'))[0]
    assert "W-SHARE" in found
    assert "every buyer is told" in " ".join(found.split())


@pytest.mark.parametrize(
    ("file", "record", "after", "named"),
    [
        ("maker.toml", "contact", 'phone = "[^"]*', "maker:contact"),
        (INSERT, "title", 'en = "', "title"),
        ("labels.toml", "keep", 'en = "', "label:keep"),
        ("headings.toml", "storage", 'en = "', "heading:storage"),
    ],
)
def test_maker_title_and_layout_need_the_small_number_and_a_new_signature(
    insert_words: InsertWords, guide_library: Library, file: str, record: str, after: str, named: str
) -> None:
    changed = insert_words(file, record, after, " 9 ")
    assert silicone(changed).fingerprint != silicone(guide_library).fingerprint
    [problem] = problems(changed)
    assert named in problem
    assert "Raise the version in insert.toml." in problem


def test_so_does_another_order(edit: Edit, guide_library: Library) -> None:
    first, second = '  "SO-DRY",\n', '  "SO-SILICONE",\n'
    changed = edit(INSERT, first + second, second + first)
    assert silicone(changed).fingerprint != silicone(guide_library).fingerprint
    [problem] = problems(changed)
    assert "order differ" in problem
    assert "Raise the version in insert.toml." in problem


def test_changed_wording_of_a_step_needs_only_the_small_number(
    reword: Edit, edit: Edit, current: str, next_versions: tuple[str, str]
) -> None:
    assert problems(reword("steps.toml", "P-DRY", "en")) == [
        f"{SLUG}: P-DRY differ from the published {current}. Raise the version in insert.toml."
    ]
    assert problems(edit(INSERT, f'version = "{current}"', f'version = "{next_versions[0]}"')) == []


def test_a_reader_is_not_told_of_what_did_not_change_in_their_language(reword: Edit, current: str) -> None:
    changed = silicone(reword("contraindications.toml", "CI-BLEEDING", "de"))
    assert changed.changes_since(current, "en") == changed.changes_since(current, "es") == []
    assert [c.id for c in changed.changes_since(current, "de")] == ["CI-BLEEDING"]


def test_no_change_is_listed_whose_words_are_the_same_before_and_now(guide_library: Library) -> None:
    for insert in guide_library.inserts.values():
        for release in insert.releases:
            for lang in guide_library.languages:
                for change in insert.changes_since(release.version, lang):
                    if change.kind not in {"figure", "order"} and change.what == "changed":
                        assert change.was != change.now, (insert.slug, release.version, change.id)


def test_the_second_version_tells_buyers_what_the_first_said_wrongly(guide_library: Library) -> None:
    changes = {c.id: c for c in silicone(guide_library).changes_since("1.0", "de")}
    assert changes["CI-BLEEDING"].major
    assert "Blutungsstörung" in (changes["CI-BLEEDING"].was or "")
    assert changes["CI-BLEEDING"].now == guide_library.statements["CI-BLEEDING"].text("de")


def test_a_number_never_goes_back(edit: Edit, current: str) -> None:
    assert "Count up." in problems(edit(INSERT, f'version = "{current}"', 'version = "0.9"'))[0]


def test_what_changed_is_told_in_the_readers_language_gravest_first(
    reword: Edit, edit: Edit, guides: Path, current: str
) -> None:
    reword("steps.toml", "P-DRY", "de")
    longest = limit(guides, "minutes_max")
    guide_library = edit("limits.toml", f"value = {longest}\n", f"value = {longest - 2}\n")
    changes = silicone(guide_library).changes_since(current, "de")
    assert [(c.id, c.what, c.label, c.major) for c in changes] == [
        ("L-TIME", "changed", "Geändert", True),
        ("RE-STUCK-HELP", "changed", "Geändert", True),
        ("sign:sign-timer", "changed", "Geändert", True),
        ("P-DRY", "changed", "Geändert", False),
    ]
    assert f"{longest} Minuten" in (changes[0].was or "")
    assert f"{longest - 2} Minuten" in (changes[0].now or "")


def test_a_new_and_a_dropped_statement_are_told_as_such(edit: Edit, current: str) -> None:
    edit(INSERT, '  "W-FLIGHT",\n', "")
    guide_library = edit(INSERT, '  "RE-SQUEEZE",\n', '  "RE-SQUEEZE",\n  "MV-FEW",\n')
    changes = {
        c.id: (c.what, c.was is None, c.now is None)
        for c in silicone(guide_library).changes_since(current, "es")
        if c.kind != "order"
    }
    assert changes == {"W-FLIGHT": ("removed", False, True), "MV-FEW": ("added", True, False)}


def test_a_published_version_stays_readable_after_the_next(
    reword: Edit, edit: Edit, guides: Path, current: str, next_versions: tuple[str, str]
) -> None:
    big = next_versions[1]
    reword("limits.toml", "L-TIME", "en")
    guide_library = edit(INSERT, f'version = "{current}"', f'version = "{big}"')
    publish(silicone(guide_library), guides)
    read_library.cache_clear()
    insert = silicone(read_library(guides))
    assert [r.version for r in insert.releases][-2:] == [current, big]
    assert (insert.resolve("1"), insert.resolve(big)) == ("1.0", big)
    assert [c.id for c in insert.changes_since(current, "en")] == ["L-TIME"]
    assert insert.changes_since(big.split(".")[0], "en") == []


def test_publishing_refuses_other_words_under_the_same_number(
    reword: Edit, guides: Path, current: str
) -> None:
    guide_library = reword("limits.toml", "L-TIME", "en")
    file = guides / f"inserts/{SLUG}/published/{current}.json"
    before = file.read_text(encoding="utf-8")
    with pytest.raises(Exception, match="the next version is"):
        publish(silicone(guide_library), guides)
    assert file.read_text(encoding="utf-8") == before


def test_a_version_nobody_published_is_unknown(guide_library: Library) -> None:
    with pytest.raises(UnknownVersion) as unknown:
        guide_library.inserts["glass-cups"].changes_since("77.3", "en")
    assert unknown.value.known[:2] == ("1.0", "2.0")


def test_a_damaged_record_stops_the_start(edit: Edit, guides: Path) -> None:
    file = "inserts/glass-cups/published/1.0.json"
    with pytest.raises(Exception, match="record of a published version is damaged"):
        edit(file, '"version"', '"vrsion"')


def test_a_record_holds_every_language(guide_library: Library) -> None:
    for release in guide_library.inserts["plastic-cups"].releases:
        statements = release.content["statements"].values()
        assert all(set(statement["texts"]) == {"en", "de", "es"} for statement in statements)
        assert json.dumps(release.content)
