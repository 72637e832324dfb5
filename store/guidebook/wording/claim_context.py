"""When the words of a claim are no claim: negated, asked, quoted as history, or printed by the guidebook itself."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from store.guidebook.wording.lexicon import Lexicon, Rule

_CLAUSE = re.compile(r"[;:–—()!?]|\s-\s|\.\s")
_DENIED_AFTER = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?:nicht(?!\s+(?:nur|bloss|allein))|nie|niemals|keinesfalls|kein\w*)\b"
)
_NOTHING = re.compile(r"\s+(?:nothing|nichts|nada)\b")
_FACT_ID = re.compile(r"\bf-\d{3}[a-z]?\b")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with its harmless phrases blanked out, and what it does with the things it names."""

    folded: str
    text: str
    gone: bool  # promises the end of something: "no more", "never again", "without"
    better: bool  # promises a change for the better
    body: bool  # the same in words that also sell when they stand beside a mere part of the body
    fit: bool  # offers itself as fit for something
    careful: bool  # has a word of care, warning or background in it
    directed: bool  # tells somebody to stop, to keep away or to ask

    @classmethod
    def of(cls, folded: str, lexicon: Lexicon) -> "Said":
        text = lexicon.harmless.sub(lambda found: re.sub(r"\w", "▢", found[0]), folded)
        main = lexicon.condition.sub(lambda found: re.sub(r"\w", "▢", found[0]), text)
        return cls(
            folded,
            text,
            gone=bool(lexicon.gone.search(main)),
            better=_asserted(lexicon.better, main, lexicon),
            body=_asserted(lexicon.body, main, lexicon),
            fit=_asserted(lexicon.fit, main, lexicon),
            careful=bool(lexicon.care.search(folded)),
            directed=bool(lexicon.direction.search(lexicon.pseudo_negation.sub("~", folded))),
        )

    def sells(self, topic: str) -> bool:
        """A complaint or a process of the body ("promised") sells beside a promise or an offer; a mere part of the
        body ("bettered") only beside a promise that speaks of bodies; "undirected" (a pain pill) sells unless the
        sentence tells somebody to stop, to keep away or to ask."""
        if topic == "undirected":
            return not self.directed
        if topic == "bettered":
            return self.body or self.gone
        return self.gone or self.better or (self.fit and not self.directed)


def _asserted(promise: re.Pattern[str], text: str, lexicon: Lexicon) -> bool:
    return any(
        not _denied(text, found.start(), found.end(), lexicon, own=False) for found in promise.finditer(text)
    )


def negated(said: Said, start: int, end: int, rule: Rule, lexicon: Lexicon) -> bool:
    """True when the claim at start:end is denied. "Not only", "no doubt", "don't wait" deny nothing."""
    if rule.topic == "undirected" or (rule.topic and said.gone):
        return False  # "no more pain", "I need no painkillers": the denial is the claim
    return _denied(said.text, start, end, lexicon, own=rule.own_negation)


def _denied(sentence: str, start: int, end: int, lexicon: Lexicon, *, own: bool) -> bool:
    text = lexicon.pseudo_negation.sub(lambda found: "~" * len(found[0]), sentence)
    if lexicon.wide_negation.search(text, 0, start) and not _turned(text, 0, start, lexicon):
        return True
    clause = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    if any(
        _reaches(text, found.end(), start, lexicon)
        for found in lexicon.negation.finditer(text, clause, start)
    ):
        return True
    if any(
        _close(text, found.end(), start) for found in lexicon.small_negation.finditer(text, clause, start)
    ):
        return True
    if own:
        return False
    inside = lexicon.negation.search(text, start, end) or lexicon.small_negation.search(text, start, end)
    return bool(inside) or _follows(text, end, lexicon)


def _reaches(text: str, after: int, start: int, lexicon: Lexicon) -> bool:
    """A negated verb reaches over a list ("does not cure, treat or prevent") but not over a turn ("but it eases")."""
    between = text[after:start]
    if lexicon.turn.search(between):
        return False
    *listed, _last = between.split(",")
    return all(len(part.split()) <= 3 for part in listed)


def _turned(text: str, after: int, start: int, lexicon: Lexicon) -> bool:
    return bool(lexicon.turn.search(text, after, start)) or ":" in text[after:start]


def _close(text: str, after: int, start: int) -> bool:
    """ "No treatment for pain" denies; "no pills, just relief" does not."""
    between = text[after:start]
    return "," not in between and len(between.split()) <= 3


def _follows(text: str, end: int, lexicon: Lexicon) -> bool:
    """German denies at the end: "lindert Schmerzen nicht". Every language can cure nothing."""
    if _NOTHING.match(text[end:]):
        return True
    if lexicon.language != "de":
        return False
    return bool(_DENIED_AFTER.match(text[end:]))


def asked(sentence: str, lexicon: Lexicon) -> bool:
    """ "Does it help a sore back?" asks; "Tired of pain?" sells."""
    stripped = sentence.strip(" \"'¿")
    return stripped.endswith("?") and bool(lexicon.question.search(stripped))


def quoted_history(sentence: str, rule: Rule, lexicon: Lexicon) -> bool:
    """What people once believed: of qi and energy as belief, of anything else only by the id of a history fact."""
    told_by_fact = any(id_ in _history_ids() for id_ in _FACT_ID.findall(sentence))
    if lexicon.believed.search(sentence):
        return rule.claim == "C13" or told_by_fact
    return rule.claim == "C13" and told_by_fact and bool(lexicon.old.search(sentence))


@lru_cache(maxsize=1)
def _history_ids() -> frozenset[str]:
    from store.guidebook.library import library

    return frozenset(fact.id.lower() for fact in library().facts.values() if fact.history)


@lru_cache(maxsize=4)
def evidence_sentences(root: Path) -> frozenset[str]:
    """The evidence statement is printed word for word or not at all."""
    from store.guidebook.library import read
    from store.guidebook.wording.normalization import clean, fold
    from store.guidebook.wording.sentences import split

    told = [s for s in read(root).statements.values() if s.kind in {"evidence", "history"}]
    texts = [text for statement in told for text in statement.texts.values()]
    return frozenset(fold(clean(words)).strip() for text in texts for words, _ in split(text))
