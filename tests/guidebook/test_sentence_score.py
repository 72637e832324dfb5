"""The score of a sentence and the prefilter of the rules: what they add, take back and leave alone."""

import pytest

from store.guidebook import wording
from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.frames import frames
from store.guidebook.wording.lexicon import candidate_rules, lexicon
from store.guidebook.wording.normalization import clean, normalize
from store.guidebook.wording.packed_needs import is_packed, packed_needs
from store.guidebook.wording.prefilter import ANYTHING, PatternIndex, needed_strings
from store.guidebook.wording.sentence_score import score
from tests.guidebook.test_wording import ALL_SETS, sentences
from tests.guidebook.wording_training.pack import expressions


@pytest.mark.parametrize("name", ALL_SETS)
def test_the_prefilter_leaves_out_no_pattern_that_matches(name: str) -> None:
    for language, _, sentence in sentences(name):
        text = normalize(clean(sentence))
        rules, table = lexicon(language), frames(language)
        matching = [rule for rule in rules.rules if rule.pattern.pattern.search(text)]
        assert [rule for rule in candidate_rules(rules, text) if rule.pattern.search(text)] == matching
        assert table.classes_in(text) == {
            name for name, words in table.words.items() if words.pattern.search(text)
        }


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("spine|vertebra\\w*", {("spine",), ("vertebra",)}),
        ("(?<!\\w)(?:spine|vertebra\\w*)(?!\\w)", {("<spine>",), ("<vertebra",)}),
        ("(?:on|along) the spine", {("<spine", "<the>", "along>"), ("<spine", "<the>", "on>")}),
        ("(?:cat)?dog", {("dog",)}),
        ("can't\\b", {("<t>", "can>")}),
    ],
)
def test_the_letters_that_the_alternatives_of_a_pattern_need(
    pattern: str, needed: set[tuple[str, ...]]
) -> None:
    assert {tuple(sorted(strings)) for strings in needed_strings(pattern)} == needed


@pytest.mark.parametrize("pattern", ["\\w+", "a+b?", "(?:cat)?(?:dog)?", "dog|\\d"])
def test_a_pattern_that_may_match_without_its_letters_needs_none(pattern: str) -> None:
    assert needed_strings(pattern) == ANYTHING


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_rules_need_is_packed_so_that_the_first_check_takes_no_second(language: str) -> None:
    assert is_packed(language, expressions(language)), "a rule was changed since: make wording"
    some = expressions(language)[::9]
    assert [*map(packed_needs(language), some)] == [*map(needed_strings, some)]


def test_only_patterns_whose_words_are_all_in_a_text_are_run() -> None:
    patterns = {"any": r"\w+", "cup": "cups?", "night": r"\b(?:all|the) night\b"}
    index = PatternIndex(patterns)
    every = index.bits(patterns)
    assert [*index.candidates("glass", every)] == ["any"]
    assert [*index.candidates("two cups, a nightly call", every)] == ["any", "cup"]
    assert [*index.candidates("cups all night", every)] == ["any", "cup", "night"]
    assert [*index.candidates("cups all night", index.bits(["night"]))] == ["night"]
    assert index["night"].search("cups all day") is None
    assert index["night"].search("cups all night") is not None
    assert index["cup"].sub("glass", "two cups") == "two glass"


def test_a_text_that_is_too_long_to_be_kept_is_judged_alike() -> None:
    harmless = "The box has a lid and a bag. " * 100
    [found] = wording.check(harmless.replace(". ", ", ") + "and it relieves back pain.")
    assert found.claim == "C9"


def test_words_around_a_claim_do_not_excuse_it() -> None:
    for claim in (
        "It relieves back pain and comes in a soft pouch.",
        "A set of four cups in a soft pouch, made so that it relieves back pain.",
        "Our set of four cups ships from Hamburg and heals arthritis.",
        "Wash them with soap, dry them on a towel and leave them on your back overnight.",
        "Kommt im weichen Beutel und lindert Rückenschmerzen.",
        "Llega en una bolsa suave y alivia el dolor de espalda.",
    ):
        assert wording.check(claim), claim


def test_a_sentence_that_no_rule_names_is_held_as_a_whole() -> None:
    [found] = wording.check("Gives your tissues a good rinse.")
    assert (found.id, found.words, found.markets) == ("T3-reads", found.sentence, ("US", "UK", "EU"))


def test_names_and_short_labels_are_not_held() -> None:
    for label in ("Teal", "Silicone, 60 mm", "Glass valve set", "Schröpfkopf, 50 mm", "Bomba de mano"):
        assert wording.check(label) == [], label


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_score_is_a_probability(language: str) -> None:
    assert 0 <= score("", language) <= 1
    assert 0 <= score("cup " * 500, language) <= 1
