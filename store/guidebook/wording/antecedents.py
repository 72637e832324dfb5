"""What a pronoun stands for: "Cellulite bothers many women. Our cups smooth it away." is read as one sentence.

What the sentence before names takes the place of the pronoun, or stands in front of an answer that has none ("Swollen
belly? A few strokes and down it goes."); the rules then judge what they know already. Nothing here says what a claim or
a hazard is. A sentence that forbids, warns or directs names nothing: what follows it is about the cups.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from store.guidebook.languages import LANGUAGES
from store.guidebook.wording.claim_context import is_neutral_question
from store.guidebook.wording.frames import frames
from store.guidebook.wording.lexicon import Lexicon, candidate_rules, lexicon
from store.guidebook.wording.normalization import normalize
from store.guidebook.wording.polarity import is_question
from store.guidebook.wording.prefilter import IndexedPattern
from store.guidebook.wording.sentence_pairs import is_followed_by_denial

# Classes of frames/<language>.toml: what can get better, and where a cup can be put.
_TROUBLES: Final = ("AILMENT", "ILLNESS", "SCAR", "SKINLOOK", "SYMPTOM")
_PLACES: Final = ("SITE", "SITEON", "SPINE", "FRONTNECK", "SAMESPOT", "HARM", "URGENT", "SCAR")
_CAUTIONS: Final = frozenset({"prohibits", "prohibits_after", "denies", "directs", "warns"})
_MAX_NAMES: Final = 3  # of each kind, so that a text of any length stays quick to read
_MAX_FRAGMENT_WORDS: Final = 7  # a longer question is a sentence of its own
_ONTO: Final = {"en": "on", "de": "auf", "es": "sobre"}
_SPANISH_PLURALS: Final = ("an", "en", "aron", "ieron")
_MARKS_AROUND: Final = " \"'¿?¡!.…"


@dataclass(frozen=True, slots=True)
class Reading:
    """A normalized sentence with an antecedent in it, and of which findings it is evidence: of none that `name`, what
    the sentence before says, is by itself."""

    text: str
    name: str
    claims: bool
    hazards: bool


def readings(previous: str, sentence: str, rules: Lexicon) -> Iterator[Reading]:
    """The sentence with what the one before names.

    Both are clean, not yet normalized: German tells "sie" from "Sie" by the capital letter.
    """
    before = normalize(previous)
    is_fragment = _is_fragment(before)
    has_pronoun, has_place = rules.pronoun.search(sentence), rules.place_pronoun.search(sentence)
    if not (is_fragment or has_pronoun or has_place):
        return  # as most sentences do: what follows costs more
    table = frames(rules.language)
    roles = table.polarity.roles(before)
    if ("reversed" not in roles and roles & _CAUTIONS) or is_followed_by_denial(normalize(sentence), rules):
        return
    named, classes = table.classes_in(before), table.classes_in(normalize(sentence))
    is_advice = "directs" in table.polarity.roles(normalize(sentence))
    is_about_part = "PART" in named | classes  # "Is the pump stiff? It loosens."
    if is_fragment:
        name = before.strip(_MARKS_AROUND)
        text = f"{name} {normalize(sentence)}"
        yield Reading(text, name, claims=not is_about_part, hazards=not is_advice)
    if has_pronoun and not is_about_part:
        topics = [rule.pattern for rule in candidate_rules(rules, before) if rule.topic]
        troubles = (table.words[name] for name in _TROUBLES if name in named)
        for name in _matches(chain(topics, troubles), before):
            yield Reading(_in_place_of_pronoun(name, sentence, rules), name, claims=True, hazards=False)
    if has_place:
        for name in _matches((table.words[name] for name in _PLACES if name in named), before):
            text = _in_place_of_place(name, sentence, rules)
            yield Reading(text, name, claims=False, hazards=not is_advice)


def _is_fragment(before: str) -> bool:
    """Whether it is a question of few words that asks for nothing: "Swollen belly?", not "Do you have a pacemaker?"."""
    if not is_question(before) or len(before.split()) > _MAX_FRAGMENT_WORDS:
        return False
    return not any(is_neutral_question(before, lexicon(language)) for language in LANGUAGES)


def _matches(patterns: Iterable[IndexedPattern], text: str) -> Iterator[str]:
    found = (match[0] for pattern in patterns for match in pattern.finditer(text))
    yield from islice(dict.fromkeys(found), _MAX_NAMES)


def _in_place_of_pronoun(name: str, sentence: str, rules: Lexicon) -> str:
    """ "They smooth it" with `name`; "damit" is "mit …", "la aclaran" is "aclaran …", not "la silicona"."""

    def replace(found: re.Match[str]) -> str:
        before = found["before"] or ""
        is_article = rules.language == "es" and before and not _is_verb(normalize(before), rules)
        return found[0] if is_article else f"{before} {name}".strip()

    return normalize(rules.pronoun.sub(replace, sentence))


def _is_verb(word: str, rules: Lexicon) -> bool:
    """Whether a Spanish word behind "la" is a verb: in the plural by its ending, else one that promises something."""
    return word.endswith(_SPANISH_PLURALS) or bool(rules.better.search(word) or rules.body.search(word))


def _in_place_of_place(name: str, sentence: str, rules: Lexicon) -> str:
    """ "Put one on it", "Put one there" with the name of the place."""
    onto = _ONTO[rules.language]
    return normalize(rules.place_pronoun.sub(lambda found: f"{found['before'] or onto} {name}", sentence))
