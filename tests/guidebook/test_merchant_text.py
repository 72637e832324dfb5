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


def test_the_language_that_is_said_counts_and_one_that_nobody_speaks_here_is_guessed() -> None:
    german = ["Lindert Rückenschmerzen."]
    assert find_claims(german, "de-at", set)[0].instead
    assert find_claims(german, "pl", set)
    assert find_claims(german, "en", set) == []


def test_a_rule_of_other_markets_holds_only_there() -> None:
    sleep = ["For better sleep."]
    assert find_claims(sleep, "en", lambda: {"US"}) == []
    assert find_claims(sleep, "en", lambda: {"US", "GB"})[0].markets == ("UK",)


def test_words_that_claim_by_what_stands_before_them_are_told_with_it() -> None:
    text = "Does it help with back pain? Yes, it does."
    [found] = find_claims([text], None, set)
    assert found.sentence == text
    assert found.words in text
