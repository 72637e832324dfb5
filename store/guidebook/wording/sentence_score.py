"""How much a sentence reads like a claim or a dangerous instruction: a logistic regression over `sentence_features`.

The rules find what they name; the score generalizes from the labelled sentences of tests/guidebook/wording. It adds a
finding where no rule has one (`reads_like_claim`) and takes back a rule's finding in a sentence that it is sure about
(`reads_harmless`). `make wording` fits the weights anew.
"""

import gzip
import math
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final

from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.frames import frames
from store.guidebook.wording.lexicon import candidate_rules, lexicon
from store.guidebook.wording.sentence_features import sentence_features

FILE = Path(__file__).parent / "sentence_weights.tsv.gz"
BIAS: Final = "(bias)"
SCALE: Final = 100  # weights are stored as integers, in hundredths
CONCEPT_VALUE: Final = 0.2  # value of a concept that is present; the spelling features together have length 1
HELD_FROM: Final = 0.6
HELD_FROM_IN_CAUTION: Final = (
    0.85  # where the sentence forbids, warns, sends to a doctor or is about delivery
)
HELD_WITHOUT_RISK: Final = (
    0.9  # where the sentence names nothing that claims and hazards are about: misspelled words
)
HARMLESS_BELOW: Final = 0.03
_TAKE_BACK: Final = frozenset({"reversed", "waives", "lacks"})
_CAUTIONS: Final = frozenset({"prohibits", "prohibits_after", "denies", "directs", "warns"})
_DENIALS: Final = frozenset({"prohibits", "prohibits_after", "denies", "directs"})
_RISKS: Final = frozenset({"BODY", "SYMPTOM", "CHORE", "LATE", "ATTACHED"})
_TRADE: Final = frozenset({"SHIP", "GOODS"})
_MAX_WORDS: Final = 15  # a longer sentence could dilute a dangerous clause; there the rules decide alone
_MAX_WORDS_WITHOUT_RISK: Final = 8
_MIN_WORDS: Final = 3  # of shorter ones ("Storage", "Silikon, Petrol") spelling tells too little


@dataclass(frozen=True, slots=True)
class Weights:
    bias: float
    by_feature: dict[str, int]


@cache
def weights() -> Weights:
    """Read once per process, about 30,000 lines "feature<TAB>hundredths"."""
    lines = gzip.decompress(FILE.read_bytes()).decode().splitlines()
    by_feature = {feature: int(weight) for feature, weight in (line.rsplit("\t", 1) for line in lines)}
    return Weights(by_feature.pop(BIAS) / SCALE, by_feature)


@cache_of_short_texts(8192)
def score(normalized: str, language: str) -> float:
    """Probability from 0 to 1 that a normalized sentence makes a claim or tells somebody to do something dangerous."""
    known = weights()
    features = sentence_features(normalized, language)
    spelling = sum(map(known.by_feature.get, features.spelling, repeat(0)))
    concepts = sum(map(known.by_feature.get, features.concepts, repeat(0)))
    total = spelling / math.sqrt(len(features.spelling) or 1) + CONCEPT_VALUE * concepts
    return 1 / (1 + math.exp(-(known.bias + total / SCALE)))


def reads_like_claim(normalized: str, language: str, *, is_cautious: bool) -> bool:
    """Whether a person has to read the sentence although no rule has a finding in it.

    `is_cautious`: whether it forbids, warns or directs in one of the languages that it may be in.
    """
    words = len(normalized.split())
    if words < _MIN_WORDS:
        return False
    is_about_trade = bool(frames(language).classes_in(normalized) & _TRADE)
    if not _names_a_risk(normalized, language):
        is_short = words <= _MAX_WORDS_WITHOUT_RISK and not is_about_trade
        return is_short and score(normalized, language) >= HELD_WITHOUT_RISK
    threshold = HELD_FROM_IN_CAUTION if is_about_trade or is_cautious else HELD_FROM
    return score(normalized, language) >= threshold


@dataclass(frozen=True, slots=True)
class Harmless:
    """What may be taken back in a sentence: `hazard` (an instruction), `contextual` findings (a class of words beside
    another), or `any`."""

    hazard: bool
    contextual: bool
    any: bool


def reads_harmless(normalized: str, language: str) -> Harmless:
    """Nothing in a sentence that calls a precaution unnecessary; a plain claim only where something is denied, a hazard
    only where the sentence forbids, warns or directs as well: words that were never learned look harmless too. No
    hazard beside trade or goods, of which most learned sentences are harmless."""
    is_sure = len(normalized.split()) <= _MAX_WORDS and score(normalized, language) < HARMLESS_BELOW
    table = frames(language)
    roles = table.polarity.roles(normalized)
    contextual = is_sure and not roles & _TAKE_BACK
    return Harmless(
        hazard=contextual and bool(roles & _CAUTIONS) and not table.classes_in(normalized) & _TRADE,
        contextual=contextual,
        any=contextual and bool(roles & _DENIALS),
    )


def _names_a_risk(normalized: str, language: str) -> bool:
    """Whether the sentence names what claims and hazards are about; terms of sale and the like do not."""
    table, rules = frames(language), lexicon(language)
    if table.classes_in(normalized) & ({frame.name for frame in table.frames} | _RISKS):
        return True
    return any(rule.topic and rule.pattern.search(normalized) for rule in candidate_rules(rules, normalized))


def is_cautious(normalized: str, language: str) -> bool:
    """Whether the sentence forbids, warns or directs, and takes none of it back, or leaves a medicine as it is."""
    table = frames(language)
    roles = table.polarity.roles(normalized)
    warns = bool(roles & {"prohibits", "warns", "directs"}) or "MEDOK" in table.classes_in(normalized)
    return warns and "reversed" not in roles


def reads_like_caution(normalized: str, language: str) -> bool:
    """Whether it forbids, warns or directs, and its score agrees: where the language is in doubt, that is the one."""
    return is_cautious(normalized, language) and score(normalized, language) < HARMLESS_BELOW
