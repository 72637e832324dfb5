"""The score of a sentence and the prefilter of the rules: what they add, take back and leave alone."""

import re

import pytest

from store.guidebook import wording
from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.frames import frames
from store.guidebook.wording.lexicon import candidate_rules, lexicon
from store.guidebook.wording.normalization import clean, normalize
from store.guidebook.wording.prefilter import Prefilter, needed_strings
from store.guidebook.wording.sentence_score import score
from tests.guidebook.test_wording import ALL_SETS, sentences


@pytest.mark.parametrize("name", ALL_SETS)
def test_the_prefilter_leaves_out_no_pattern_that_matches(name: str) -> None:
    for language, _, sentence in sentences(name):
        text = normalize(clean(sentence))
        rules, table = lexicon(language), frames(language)
        matching = [rule for rule in rules.rules if rule.pattern.search(text)]
        assert [rule for rule in candidate_rules(rules, text) if rule.pattern.search(text)] == matching
        assert table.classes_in(text) == {c for c, words in table.words.items() if words.search(text)}


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("spine|vertebra\\w*", {"spine", "vertebra"}),
        ("(?:on|along) the spine", {" the spine"}),
        ("a+b?", set()),  # no two letters that every match contains
        ("(?:cat)?dog", {"dog"}),
        ("\\w+", set()),
    ],
)
def test_the_letters_that_a_pattern_needs(pattern: str, needed: set[str]) -> None:
    assert needed_strings(re.compile(pattern)) == needed


def test_a_pattern_without_letters_is_always_a_candidate() -> None:
    patterns = Prefilter({"any": re.compile(r"\w+"), "cup": re.compile("cups?")})
    assert patterns.candidates("glass") == {"any"}
    assert patterns.candidates("two cups") == {"any", "cup"}


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
