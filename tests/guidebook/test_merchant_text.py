"""`find_claims`: the lint of a text that a merchant saves."""

import pytest

from store.guidebook.wording.merchant_text import find_claims, markets_for


def test_a_finding_names_words_reason_markets_and_an_alternative() -> None:
    [found] = find_claims(["Made of glass. It relieves back pain."], None, lambda: ["US", "DE"])
    assert (found.rule[:2], found.sentence, found.markets) == ("C9", "It relieves back pain.", ("US", "EU"))
    assert found.words in found.sentence
    assert found.about == "relief of pain, stiffness or a named condition"
    assert found.instead.startswith("Many people use cups for self-massage.")


@pytest.mark.parametrize(
    ("countries", "markets"),
    [
        ({"US"}, {"US"}),
        ({"GB", "IE"}, {"UK", "EU"}),
        ({"US", "NO"}, {"US", "EU"}),
        ({"US", "ZA"}, {"US", "UK", "EU"}),
        (set(), {"US", "UK", "EU"}),
    ],
)
def test_countries_without_rules_of_their_own_get_the_strictest(
    countries: set[str], markets: set[str]
) -> None:
    assert markets_for(countries) == markets


def test_a_plain_text_never_asks_where_the_shop_sells() -> None:
    def countries() -> set[str]:
        raise AssertionError("asked for countries")

    assert find_claims(["A quiet hour with a cup of glass."], None, countries) == []


def test_the_language_that_is_said_counts_and_so_does_the_one_that_the_words_are_in() -> None:
    assert find_claims(["Lindert Rückenschmerzen."], "de-at", set)[0].instead
    german = ["Lindert Rückenschmerzen, und zwar auf der Stelle und für immer."]
    assert [found.rule[:2] for found in find_claims(german, "en", set)] == ["C9"]


@pytest.mark.parametrize("language", ["fr", "pl", "pt-br", "zh-hans"])
def test_a_language_without_rules_is_held_word_for_word(language: str) -> None:
    [found] = find_claims(["Vier, vidrio"], language, set)
    assert (found.rule, found.sentence, found.words) == ("T2-language", "Vier, vidrio", "Vier, vidrio")
    assert found.about == "a language that nobody has checked"


@pytest.mark.parametrize("language", [None, "en", "de"])
@pytest.mark.parametrize(
    "text",
    [
        "Laissez les ventouses toute la nuit.",
        "Lasciate le coppette per tutta la notte.",
        "Laat de cups de hele nacht zitten.",
        "Deixe as ventosas a noite toda.",
        "Zostaw bańki na całą noc.",
        "Оставьте банки на ночь.",
        "整夜留罐",
    ],
)
def test_another_language_is_recognized_where_one_of_ours_is_said(text: str, language: str | None) -> None:
    assert "T2-language" in [found.rule for found in find_claims([text], language, set)]


def test_one_sentence_in_another_language_holds_its_paragraph() -> None:
    english = (
        "The set comes in a box. It has four cups and a pouch. You wash them with soap and let them dry."
    )
    french = "Laissez les ventouses sur le dos pendant la nuit."
    assert find_claims([english], "en", set) == []
    assert [found.rule for found in find_claims([f"{english} {french}"], "en", set)] == ["T2-language"]


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [
        (
            "The set is in the box and it is made of silicone for your skin, laissez-les toute la nuit sur le dos.",
            "The set is in the box and it is made of silicone for your skin, by Atelier de la Soie.",
        ),
        (
            "El juego es de silicona y está en la caja con la bolsa, zostaw bańki na całą noc na plecach.",
            "El juego es de silicona y está en la caja con la bolsa, hecho en Lodz por Bańki Polska.",
        ),
    ],
)
def test_a_part_in_another_language_holds_a_sentence_that_is_mostly_ours(mixed: str, plain: str) -> None:
    assert [found.rule for found in find_claims([mixed], None, set)] == ["T2-language"]
    assert find_claims([plain], None, set) == []


def test_what_has_no_words_is_held_in_no_language() -> None:
    assert find_claims(["60 mm", "4×", "–"], "fr", set) == []


def test_letters_set_apart_are_held() -> None:
    assert [found.rule for found in find_claims(["G u t e S a c h e"], "de", set)] == ["T1-spaced"]


def test_a_rule_of_other_markets_holds_only_there() -> None:
    sleep = ["For better sleep."]
    assert find_claims(sleep, "en", lambda: {"US"}) == []
    assert find_claims(sleep, "en", lambda: {"US", "GB"})[0].markets == ("UK",)


def test_words_that_claim_by_what_stands_before_them_are_told_with_it() -> None:
    text = "Does it help with back pain? Yes, it does."
    [found] = find_claims([text], None, set)
    assert found.sentence == text
    assert found.words in text
