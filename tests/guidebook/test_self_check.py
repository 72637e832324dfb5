"""The self-check asks what the never list says, keeps nothing, and the strictest answer wins."""

import pytest

from store.guidebook.library import Library

LANGUAGES = ("en", "de", "es")


def test_it_asks_about_every_line_of_the_insert(shelf: Library) -> None:
    asked = {q.id for q in shelf.self_check("en").questions}
    for slug in ("silicone-cups", "glass-cups", "plastic-cups"):
        listed = {s.id for s in shelf.inserts[slug].statements.values() if s.kind == "contraindication"}
        assert listed == asked
    assert len(asked) == 26


@pytest.mark.parametrize("lang", LANGUAGES)
def test_questions_and_statements_are_there_in_each_language(shelf: Library, lang: str) -> None:
    check = shelf.self_check(lang)
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
def test_the_strictest_answer_wins(shelf: Library, yes: list[str], outcome: str) -> None:
    assert shelf.self_check("de").result(yes) == outcome


def test_every_yes_of_tier_n_ends_in_not_at_home(shelf: Library) -> None:
    check = shelf.self_check("es")
    assert {q.tier for q in check.by_outcome("never")} == {"N"}
    assert len(check.by_outcome("never")) == 15
    assert all(check.result([q.id]) == "never" for q in check.by_outcome("never"))
