"""How words of a sentence are meant: as something to do, as forbidden or warned of, or as a precaution left out."""

import re
from dataclasses import dataclass

from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.prefilter import IndexedPattern

Span = tuple[int, int]
_SEGMENT = re.compile(r"[.;!?–—|•()]|\s-\s")
_AND = re.compile(r"(?<!\w)(?:and|und|y|e|sino|sondern|but)(?!\w)")
_IF = re.compile(r"(?<!\w)(?:if|wenn|falls|si)(?!\w)")
_NAME_WORDS = 3
_REACH = 4  # words that "no" and "without" cover; lists ("no flame, match or heat") are longer
_WAIVER_REACH = 7  # words between a precaution and what makes it unnecessary


@dataclass(frozen=True, slots=True, eq=False)
class Polarity:
    """Words of one language, compiled from the table [polarity] of frames/<language>.toml.

    `reversed`: negations that forbid nothing ("no problem"). `prohibits`: reaches over the rest of its segment
    ("never", "keep off"). `prohibits_after`: reaches back ("is forbidden"). `denies`: reaches over a few words ("no").
    `warns`: of harm. `directs`: to stop, to wait, to ask. `waives`: makes a precaution unnecessary. `lacks`: leaves out
    the next words ("without"). `turns`: begins a new segment. `conditions`: begins a condition ("if it is not dark"),
    whose negations forbid nothing.
    """

    reversed: IndexedPattern
    prohibits: IndexedPattern
    prohibits_after: IndexedPattern
    denies: IndexedPattern
    warns: IndexedPattern
    directs: IndexedPattern
    waives: IndexedPattern
    lacks: IndexedPattern
    turns: IndexedPattern
    conditions: IndexedPattern

    def is_asserted(self, text: str, span: Span) -> bool:
        """Whether the words are neither forbidden nor denied, in a sentence that neither warns nor directs."""
        text = self._without_reversed(text)
        if self._warns(text, span) or self._directs(text):
            return False
        start, end = self._segment(text, span)
        return not self._is_forbidden(text, span, start, self._begin_of_last_condition(text, span[1], end))

    def is_told(self, text: str, span: Span) -> bool:
        """Whether the words are neither forbidden nor denied, whatever else the sentence warns of or directs to."""
        text = self._without_reversed(text)
        start, end = self._segment(text, span)
        condition = self.conditions.search(text, span[1], end)
        return not self._is_forbidden(text, span, start, condition.start() if condition else end)

    def _begin_of_last_condition(self, text: str, start: int, end: int) -> int:
        """Where the words end that a condition follows, whose "not" forbids nothing: "a knife | if it won't let go"."""
        condition = _IF.search(text, start, end)
        return condition.start() if condition and "," not in text[condition.end() : end] else end

    def _is_forbidden(self, text: str, span: Span, start: int, end: int) -> bool:
        return bool(
            self.prohibits.search(text, start, span[0])
            or self.prohibits_after.search(text, span[1], end)
            or any(
                _reaches(text, found.end(), span[0]) for found in self.denies.finditer(text, start, span[0])
            )
        )

    def is_waived(self, text: str, span: Span) -> bool:
        """Whether a precaution is called unnecessary or left out, and that is not forbidden itself."""
        waivers = [
            found.span()
            for found in self.waives.finditer(text)
            if _is_near(text, found.span(), span) and not self._directs_between(text, found.end(), span)
        ]
        waivers += [
            found.span()
            for found in self.lacks.finditer(text, 0, span[0])
            if _reaches(text, found.end(), span[0])
        ]
        return any(
            not self.prohibits.search(text, self._segment(text, waiver)[0], min(waiver[0], span[0]))
            for waiver in waivers
        )

    def _directs_between(self, text: str, waiver_end: int, span: Span) -> bool:
        """ "Don't use the cups and call a doctor": the doctor has a verb of its own, which nobody takes back."""
        return bool(self.directs.search(text, waiver_end, span[1]) and _AND.search(text, waiver_end, span[0]))

    @cache_of_short_texts(1024)
    def roles(self, text: str) -> frozenset[str]:
        """The names of the classes above of which the sentence has a word; reversed negations prohibit nothing."""
        plain = self._without_reversed(text)
        found = {
            "prohibits": self.prohibits,
            "prohibits_after": self.prohibits_after,
            "denies": self.denies,
            "warns": self.warns,
            "directs": self.directs,
            "waives": self.waives,
            "lacks": self.lacks,
        }
        reversed_role = {"reversed"} if plain != text else set()
        return frozenset(reversed_role | {name for name, words in found.items() if words.search(plain)})

    def is_open_question(self, text: str, following: str) -> bool:
        """A question that nobody answers, or that is answered with a no or a warning: "Pregnant? Not for you." """
        if not is_question(text) or self.reversed.search(text):
            return False
        following = self._without_reversed(following)
        return (
            not following
            or bool(self.denies.match(following))
            or any(words.search(following) for words in (self.prohibits, self.warns, self.directs))
        )

    def _without_reversed(self, text: str) -> str:
        return self.reversed.sub(lambda found: "~" * len(found[0]), text)

    def _warns(self, text: str, span: Span) -> bool:
        """Whether the sentence warns; "sunburn", if it is what was found, is a place where somebody puts a cup."""
        is_name = len(text[span[0] : span[1]].split()) <= _NAME_WORDS
        return bool(self.warns.search(f"{text[: span[0]]}x{text[span[1] :]}" if is_name else text))

    def _directs(self, text: str) -> bool:
        return any(
            not any(
                _reaches(text, negation.end(), found.start())
                for negation in self._negations(text, found.start())
            )
            for found in self.directs.finditer(text)
        )

    def _negations(self, text: str, end: int) -> list[re.Match[str]]:
        return [
            found
            for words in (self.prohibits, self.denies, self.waives)
            for found in words.finditer(text, 0, end)
        ]

    def _segment(self, text: str, span: Span) -> Span:
        """The part of the sentence around the span up to a turn ("but", "instead") or a mark between clauses."""
        cuts = [found.span() for words in (_SEGMENT, self.turns) for found in words.finditer(text)]
        start = max((end for _, end in cuts if end <= span[0]), default=0)
        start = max(start, self._end_of_condition(text, start, span[0]))
        end = min((begin for begin, _ in cuts if begin >= span[1]), default=len(text))
        return start, end

    def _end_of_condition(self, text: str, start: int, end: int) -> int:
        """Where a condition in front ends ("If it does not come off, pry it"): it forbids nothing of what follows."""
        opening = text[start:end].lstrip(" ,\"'¿¡-*•")
        condition = self.conditions.match(opening)
        comma = text.find(",", start, end)
        return comma + 1 if condition and comma >= 0 else start


def _is_near(text: str, waiver: Span, span: Span) -> bool:
    """Whether the two overlap, or stand in one clause with few words between them."""
    between = text[waiver[1] : span[0]] if waiver[1] <= span[0] else text[span[1] : waiver[0]]
    return len(between.split()) <= _WAIVER_REACH and not _SEGMENT.search(between)


def is_question(sentence: str) -> bool:
    return sentence.rstrip(" \"')").endswith("?")


def _reaches(text: str, after: int, start: int) -> bool:
    """ "No flame, match or heat" covers "heat"; "no fuss: put it on the spine" does not cover "spine"."""
    between = text[after:start]
    if ":" in between or _SEGMENT.search(between):
        return False
    *listed, last = between.split(",")
    return len(last.split()) <= _REACH and all(len(part.split()) <= _REACH for part in listed)
