"""Decides when words that match a rule are no claim: negated, a question, quoted history, or the evidence statement."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from store.guidebook.library import library, read_library
from store.guidebook.wording.frames import Frame
from store.guidebook.wording.lexicon import Lexicon, Rule
from store.guidebook.wording.normalization import clean, normalize
from store.guidebook.wording.prefilter import IndexedPattern
from store.guidebook.wording.sentences import split_with_lines

_LETTER = re.compile(r"\w")
_CLAUSE = re.compile(r"[;:–—()!?]|\s-\s|\.\s")
_DENIED_AFTER = re.compile(
    r"(?:\s+\w+){0,2}?\s+(?:nicht(?!\s+(?:nur|bloss|allein))|nie|niemals|keinesfalls|kein\w*)\b"
)
_NOTHING = re.compile(r"\s+(?:nothing|nichts|nada|no (?!matter|one|time)|kein\w* |ningun\w* )\b")
_COLON = re.compile(
    r":(?! (?:that|dass|que)\b)"
)  # "What we don't say: that it heals" goes on with its denial
_FACT_ID = re.compile(r"\bf-\d{3}[a-z]?\b")


class SentenceContext:
    """A normalized sentence, its text with harmless phrases blanked out, and the features that decide about a claim,
    each looked for when it is first asked for."""

    def __init__(self, normalized: str, lexicon: Lexicon) -> None:
        self.normalized = normalized
        self.text: str = lexicon.harmless.sub(_blank, normalized)
        self._lexicon = lexicon

    @cached_property
    def _main(self) -> str:
        return self._lexicon.condition.sub(_blank, self.text)

    @cached_property
    def gone(self) -> bool:
        """Whether it promises the end of something: "no more", "never again", "without"."""
        return bool(self._lexicon.gone.search(self._main))

    @cached_property
    def better(self) -> bool:
        """Whether it promises an improvement."""
        return _is_asserted(self._lexicon.better, self._main, self._lexicon)

    @cached_property
    def body(self) -> bool:
        """Whether it promises an improvement in words that make a claim even beside a mere part of the body."""
        return _is_asserted(self._lexicon.body, self._main, self._lexicon)

    @cached_property
    def fit(self) -> bool:
        """Whether it offers the product as suited to something."""
        return _is_asserted(self._lexicon.fit, self._main, self._lexicon)

    @cached_property
    def has_caution(self) -> bool:
        """Whether it contains a word of care, warning or background."""
        return bool(self._lexicon.care.search(self.normalized))

    @cached_property
    def gives_direction(self) -> bool:
        """Whether it tells the reader to stop, to stay away or to ask."""
        return bool(self._lexicon.direction.search(self._lexicon.pseudo_negation.sub("~", self.normalized)))

    def makes_claim(self, topic: str) -> bool:
        """Whether naming something of this topic makes a claim in this sentence.

        "promised" (an ailment or a body process): beside a promise or an offer. "bettered" (a part of the body):
        only beside a promise about the body. "undirected" (such as a pain pill): unless the sentence tells the
        reader to stop, to stay away or to ask.
        """
        if topic == "undirected":
            return not self.gives_direction
        if topic == "bettered":
            return self.body or self.gone
        return self.gone or self.better or (self.fit and not self.gives_direction)


def _blank(found: re.Match[str]) -> str:
    return _LETTER.sub("▢", found[0])


def _is_asserted(promise: IndexedPattern, text: str, lexicon: Lexicon) -> bool:
    return any(
        not _is_denied(text, found.start(), found.end(), lexicon, own=False)
        for found in promise.finditer(text)
    )


def is_negated(sentence: SentenceContext, start: int, end: int, rule: Rule, lexicon: Lexicon) -> bool:
    """Whether the claim at start:end is negated. "Not only", "no doubt" and "don't wait" are no negations."""
    if rule.topic == "undirected" or (rule.topic and sentence.gone):
        return False  # "no more pain", "I need no painkillers": the denial is the claim
    return _is_denied(sentence.text, start, end, lexicon, own=rule.own_negation)


def is_excused(sentence: SentenceContext, words: tuple[int, int], frame: Frame, lexicon: Lexicon) -> bool:
    """Whether a claim that a frame found is denied ("no study found …") or quoted as history."""
    denied = frame.mode != "always" and _is_denied(sentence.text, *words, lexicon, own=True)
    return denied or is_quoted_history(sentence.normalized, frame, lexicon)


def _is_denied(sentence: str, start: int, end: int, lexicon: Lexicon, *, own: bool) -> bool:
    text = lexicon.pseudo_negation.sub(lambda found: "~" * len(found[0]), sentence)
    if lexicon.wide_negation.search(text, 0, start) and not _has_contrast(text, 0, start, lexicon):
        return True
    clause = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
    if any(
        _reaches_over_list(text, found.end(), start, lexicon)
        for found in lexicon.negation.finditer(text, clause, start)
    ):
        return True
    if any(
        _is_close(text, found.end(), start) for found in lexicon.small_negation.finditer(text, clause, start)
    ):
        return True
    if own:
        return False
    inside = lexicon.negation.search(text, start, end) or lexicon.small_negation.search(text, start, end)
    return bool(inside) or _is_denied_after(text, end, lexicon)


def _reaches_over_list(text: str, after: int, start: int, lexicon: Lexicon) -> bool:
    """A negated verb covers a list ("does not cure, treat or prevent") but ends at a contrast ("but it eases")."""
    between = text[after:start]
    if lexicon.turn.search(between):
        return False
    *listed, _last = between.split(",")
    return all(len(part.split()) <= 3 for part in listed)


def _has_contrast(text: str, after: int, start: int, lexicon: Lexicon) -> bool:
    return bool(lexicon.turn.search(text, after, start)) or bool(_COLON.search(text, after, start))


def _is_close(text: str, after: int, start: int) -> bool:
    """ "No treatment for pain" negates; "no pills, just relief" does not."""
    between = text[after:start]
    return "," not in between and len(between.split()) <= 3


def _is_denied_after(text: str, end: int, lexicon: Lexicon) -> bool:
    """Negation after the claim: German "lindert Schmerzen nicht", and "cures nothing" in every language."""
    if _NOTHING.match(text[end:]):
        return True
    if lexicon.language != "de":
        return False
    return bool(_DENIED_AFTER.match(text[end:]))


def is_neutral_question(sentence: str, lexicon: Lexicon) -> bool:
    """ "Does it help a sore back?" is a neutral question; "Tired of pain?" makes a claim."""
    stripped = sentence.strip(" \"'¿")
    return stripped.endswith("?") and bool(lexicon.question.search(stripped))


def is_quoted_history(sentence: str, rule: Rule | Frame, lexicon: Lexicon) -> bool:
    """Whether a belief of the past is quoted: about qi and energy in any wording of belief, otherwise only with the
    id of a history fact (such as F-005)."""
    cites_history = any(id_ in _history_ids() for id_ in _FACT_ID.findall(sentence))
    if lexicon.believed.search(sentence):
        return rule.claim == "C13" or cites_history
    return rule.claim == "C13" and cites_history and bool(lexicon.old.search(sentence))


@lru_cache(maxsize=1)
def _history_ids() -> frozenset[str]:
    return frozenset(fact.id.lower() for fact in library().facts.values() if fact.history)


@lru_cache(maxsize=4)
def evidence_sentences(root: Path) -> frozenset[str]:
    """The normalized sentences of the evidence and history statements, which are allowed verbatim."""
    printed = [s for s in read_library(root).statements.values() if s.kind in {"evidence", "history"}]
    return _sentences(text for statement in printed for text in statement.texts.values())


@lru_cache(maxsize=4)
def reviewed_sentences(root: Path) -> frozenset[str]:
    """The normalized sentences that a person signs: statements, headings, labels, words of figures, titles of sources.

    Lists such as "Never on: the spine" print statements below a heading; neither frames nor the score judge them.
    """
    guides = read_library(root)
    printed: list[Mapping[str, str]] = [statement.texts for statement in guides.statements.values()]
    printed += [*guides.headings.values(), *guides.labels.values()]
    for figure in guides.figures.values():
        printed += [figure.titles, figure.alts, *figure.legend]
    words = (text for texts in printed for text in texts.values())
    return _sentences((*words, *(source.title for source in guides.sources.values())))


def _sentences(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(normalize(clean(words)).strip() for text in texts for words, _ in split_with_lines(text))
