"""The self-check asks about every contraindication; the strictest outcome wins."""

import pytest

from store.guidebook.library import Library

LANGUAGES = ("en", "de", "es")


def test_it_asks_about_every_line_of_the_insert(guide_library: Library) -> None:
    question_ids = {q.id for q in guide_library.self_check("en").questions}
    for slug in ("silicone-cups", "glass-cups", "plastic-cups"):
        listed = {
            s.id for s in guide_library.inserts[slug].statements.values() if s.kind == "contraindication"
        }
        assert listed == question_ids
    assert len(question_ids) == 27


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_and_statements_are_there_in_each_language(guide_library: Library, lang: str) -> None:
    check = guide_library.self_check(lang)
    assert all(q.text.endswith("?") and q.statement.endswith(".") for q in check.questions)
    assert set(check.outcomes) == {"never", "ask", "helper", "read"}
    assert len(check.intro) == 2


@pytest.mark.parametrize(
    ("yes", "outcome"),
    [
        ([], "read"),
        (["CI-ALONE"], "helper"),
        (["CI-ALONE", "CI-HEART"], "ask"),
        (["CI-HEART", "CI-PREGNANT", "CI-ALONE"], "never"),
        (["CI-ANTICOAG"], "never"),
        (["CI-ANTIPLATELET"], "ask"),
    ],
)
def test_the_strictest_answer_wins(guide_library: Library, yes: list[str], outcome: str) -> None:
    assert guide_library.self_check("de").result(yes) == outcome


def test_every_yes_of_tier_n_ends_in_not_at_home(guide_library: Library) -> None:
    check = guide_library.self_check("es")
    assert {q.tier for q in check.by_outcome("never")} == {"N"}
    assert len(check.by_outcome("never")) == 15
    assert all(check.result([q.id]) == "never" for q in check.by_outcome("never"))
