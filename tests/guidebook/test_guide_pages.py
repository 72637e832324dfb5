"""A guide as a web page: short at the top, folded below, with a timer, and its version, date and sources at the end."""

import datetime
import re
from pathlib import Path

import pytest

from store.guidebook import guide_versions
from store.guidebook.library import Library
from store.guidebook.limit_words import format_limit, keep_together

AREAS = ("glutes", "hips", "hamstrings", "lower-back", "back")
TECHNIQUE = (*AREAS, "first-session")


@pytest.mark.parametrize("slug", TECHNIQUE)
def test_whoever_is_about_to_start_meets_the_never_list_and_the_stop_signs_first(
    guide_library: Library, slug: str
) -> None:
    keys = [section.key for section in guide_library.guides[slug].sections]
    before_steps = keys[: keys.index("before")]
    assert {"never", "stop"} <= set(before_steps)
    for section in guide_library.guides[slug].sections:
        if section.key in {"never", "stop"}:
            assert section.folded
            assert section.lead is not None


@pytest.mark.parametrize("slug", [*TECHNIQUE, "faq", "moving-and-parked-cups"])
def test_a_guide_for_all_cups_shows_how_each_kind_lets_go(guide_library: Library, slug: str) -> None:
    assert {"release", "release-bulb", "release-valve"} <= set(guide_library.guides[slug].figures)


@pytest.mark.parametrize("slug", TECHNIQUE)
def test_the_essentials_are_in_every_guide_by_which_one_works(guide_library: Library, slug: str) -> None:
    """Putting it on, seeing and reaching it, staying awake, the pump's limit, whom to ask, falls, lasting stains."""
    statements = guide_library.guides[slug].statements
    assert {"P-ON", "P-AWAKE", "W-SLEEP", "L-PUMP", "L-FALL", "L-MOVE", "EF-STAIN", "MK-TONE"} <= set(
        statements
    )
    assert {"CI-DIABETES", "CI-OTHER", "CI-ALONE"} <= set(statements)
    assert {"P-SEE", "LB-POSE"} & set(statements)
    assert {"SITE-SKIN", "SITE-VEINS", "SITE-SPINE"} <= set(statements)


@pytest.mark.parametrize("lang", ["en", "de", "es"])
def test_the_timer_counts_the_minutes_of_the_limit_and_sends_nothing(
    guide_library: Library, lang: str
) -> None:
    for slug in TECHNIQUE:
        page = guide_library.guides[slug].html(lang)
        assert page.count("data-timer") == 1
        minutes = [int(n) for n in re.findall(r'data-minutes="(\d+)"', page)]
        assert minutes == [guide_library.limit("minutes_first"), guide_library.limit("minutes_max")]
        assert "<form" not in page
    assert "data-timer" not in guide_library.guides["marks"].html(lang)


def test_what_is_folded_is_still_in_the_page_to_be_found_and_printed(guide_library: Library) -> None:
    guide = guide_library.guides["glutes"]
    page = guide.html("en")
    folds = re.findall(r"<details>.*?</details>", page, flags=re.DOTALL)
    assert len(folds) == sum(section.folded for section in guide.sections) + 1  # and the sources
    assert 'data-id="CI-PREGNANT"' in folds[0]


def test_version_date_and_sources_stand_at_the_end(guide_library: Library) -> None:
    for guide in guide_library.guides.values():
        end = guide.html("de").rsplit('<section class="gb-section gb-edition">', 1)[1]
        assert f"<dd>{guide.version}</dd>" in end
        assert datetime.date.fromisoformat(guide.date)
        assert guide.date not in end, "the date is written as the language does"
        assert all(title.split(",")[0].replace("&", "&amp;") in end for title in guide.source_titles)


def test_the_version_of_every_guide_is_that_of_its_words(guide_library: Library) -> None:
    stored = guide_versions.read_versions(Path(__file__).resolve().parents[2] / "guides")
    assert {slug: one.digest for slug, one in stored.items()} == {
        slug: guide_versions.digest(guide) for slug, guide in guide_library.guides.items()
    }, "run manage.py guidebook_build --only versions"


def test_the_version_of_a_changed_guide_counts_up_and_no_other(guide_library: Library, guides: Path) -> None:
    stored = guide_versions.read_versions(guides)
    changed = dict(guide_library.guides) | {"marks": guide_library.guides["faq"]}
    day = datetime.date(2027, 1, 31)
    assert guide_versions.write_versions(guides, changed, day) == ["marks"]
    now = guide_versions.read_versions(guides)
    assert (now["marks"].version, now["marks"].date) == (stored["marks"].version + 1, "2027-01-31")
    assert {slug: one for slug, one in now.items() if slug != "marks"} == {
        slug: one for slug, one in stored.items() if slug != "marks"
    }


def test_a_limit_is_written_as_a_reader_says_it() -> None:
    assert [format_limit(n, "times", "en") for n in (1, 2, 3, 9)] == [
        "once",
        "twice",
        "three times",
        "9 times",
    ]
    assert [format_limit(n, "times", "de") for n in (1, 3, 9)] == ["einmal", "dreimal", "9-mal"]
    assert [format_limit(n, "times", "es") for n in (1, 2)] == ["una vez", "dos veces"]
    assert (format_limit(2, "word", "de"), format_limit(10, None, "es")) == ("zwei", "10")


def test_no_line_ends_between_a_number_and_its_unit(guide_library: Library) -> None:
    assert keep_together("at most 10 minutes, 2 of 3") == "at most 10\u00a0minutes, 2\u00a0of 3"
    assert keep_together("105 × 148,5 mm") == "105\u00a0×\u00a0148,5\u00a0mm"
    assert keep_together("call +1 555 0100") == "call +1\u00a0555\u00a00100"
    assert keep_together("call 911 (EE. UU.)") == "call 911\u00a0(EE.\u00a0UU.)"
    for lang in guide_library.languages:
        for insert in guide_library.inserts.values():
            assert not re.search(r">[^<]*\d (minut|hours|Stunden|horas|Tage|days|días)", insert.html(lang))
