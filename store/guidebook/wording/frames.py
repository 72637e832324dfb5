"""Frames: a sentence is found because of what it names together, not because of a phrase that somebody foresaw.

A frame of frames/frames.toml lists classes of words ("HOURS" beside "USE" unless "SHIP") and how the first one has to
be meant: as something to do ("asserted"; "told" if warnings beside it excuse nothing), as a precaution that is left out
("waived"), or in any way ("always").

The words of a class stand in frames/<language>.toml, separated by commas or line ends: `*` is any ending or beginning
of a word, ` .. ` up to three words, `(a|b)` and `?` as in a regular expression. They are normalized like the text.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from store.guidebook.wording.bounded_cache import cache_of_short_texts
from store.guidebook.wording.normalization import normalize
from store.guidebook.wording.packed_needs import packed_needs
from store.guidebook.wording.polarity import Polarity, Span
from store.guidebook.wording.prefilter import PatternIndex
from store.guidebook.wording.sentences import BETWEEN_PARTS, CONJUNCTIONS_OF_TIME

FOLDER = Path(__file__).parent / "frames"
MODES = ("asserted", "told", "waived", "always")
ALL_MARKETS = ("US", "UK", "EU")
# Classes that make harmless what their own clause says, no more: trade, goods, and wine that nobody drinks.
OF_THEIR_CLAUSE = frozenset({"SHIP", "GOODS", "DRUNKOK"})
# Up to three words, none a negation: "sleep .. with" is not in "sleep never with".
_GAP = r"(?:[ ,]+(?!(?:nicht|nie|niemals|not|never|no|nunca)(?!\w))[\w'%▢]+){0,3}[ ,]+"


@dataclass(frozen=True, slots=True)
class Frame:
    """`name`: the class of the words that are marked. `beside`: groups of classes, of each group one has to occur
    elsewhere in the sentence, or within the words if they are "told" ("take them off at breakfast"). `unless`: classes
    that make the sentence harmless. `asks`: a question does it as well."""

    id: str
    name: str
    beside: tuple[tuple[str, ...], ...]
    unless: frozenset[str]
    mode: str
    asks: bool = False

    markets = ALL_MARKETS

    @property
    def claim(self) -> str:
        return self.id.split("-")[0]

    @property
    def is_hazard(self) -> bool:
        return self.id.startswith("H")


class Frames:
    """The frames with the words of one language: `words` holds the classes by name."""

    def __init__(
        self,
        all_frames: tuple[Frame, ...],
        index: PatternIndex[str],
        polarity: Polarity,
        words: Collection[str],
    ) -> None:
        self.frames = all_frames
        self.polarity = polarity
        self.words = {name: index[name] for name in words}
        self.index = index
        self._bits = index.bits(words)
        self._by_name: dict[str, list[int]] = defaultdict(list)
        for position, frame in enumerate(all_frames):
            self._by_name[frame.name].append(position)
        self.classes_in = cache_of_short_texts(1024)(self._classes_in)

    def _classes_in(self, text: str) -> frozenset[str]:
        """The names of the classes of which a normalized sentence has a word."""
        return frozenset(
            name for name in self.index.candidates(text, self._bits) if self.words[name].search(text)
        )

    def named_in(self, classes: Collection[str]) -> Iterator[Frame]:
        """The frames whose own words are among these classes, in their order."""
        for position in sorted(chain.from_iterable(self._by_name.get(name, ()) for name in classes)):
            yield self.frames[position]


@cache
def frames(language: str) -> Frames:
    """Raises ValueError for a frame of an unknown mode, KeyError for one that uses a class that is not there."""
    data = _read(language)
    words = {name: expression_of(text) for name, text in data["words"].items()}
    roles = {name: expression_of(text) for name, text in data["polarity"].items()}
    index = PatternIndex({**words, **roles}, packed_needs(language))
    polarity = Polarity(**{name: index[name] for name in roles})
    return Frames(tuple(_frame(entry, words) for entry in _read("frames")["frame"]), index, polarity, words)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _frame(entry: dict[str, Any], words: Collection[str]) -> Frame:
    mode = entry.get("mode", MODES[0])
    if mode not in MODES:
        raise ValueError(f"{entry['id']}: mode is one of {', '.join(MODES)}, not {mode}")
    beside = tuple(tuple(group.split()) for group in entry.get("beside", ()))
    unless = frozenset(entry.get("unless", "").split())
    if missing := {entry["name"], *unless, *(name for group in beside for name in group)}.difference(words):
        raise KeyError(f"{entry['id']}: no class {', '.join(sorted(missing))}")
    return Frame(entry["id"], entry["name"], beside, unless, mode, asks=entry.get("asks", False))


def expression_of(text: str) -> str:
    """The words of a class as one regular expression, the longest first."""
    items = sorted(filter(None, (item.strip() for item in re.split(r",\s|\n", text))), key=len, reverse=True)
    return rf"(?<!\w)(?:{'|'.join(_as_expression(item) for item in items)})(?!\w)"


def _as_expression(item: str) -> str:
    expression = normalize(item).replace(" .. ", _GAP)
    expression = re.sub(r"\(\?<!.*?\)", lambda found: found[0].replace(" ", r"\s"), expression)
    expression = re.sub(r" (?![^\[]*\])", ",? +", expression)
    return re.sub(r"(?<!\\[wd])(?<![\])}.])\*", r"\\w*", expression)


def find_in_frames(text: str, rules: Frames, neighbor: str = "") -> Iterator[tuple[Frame, Span]]:
    """The frames that a normalized sentence fills, each with the span of its words.

    `neighbor`: the question before the sentence or the answer after it, where the classes of `beside` may stand too.
    """
    present = rules.classes_in(text)
    anywhere = present | rules.classes_in(neighbor) if neighbor else present
    for frame in rules.named_in(present):
        excuses = frame.unless & present
        if excuses - OF_THEIR_CLAUSE:
            continue
        if not all(anywhere.intersection(group) for group in frame.beside):
            continue
        spans = (found.span() for found in rules.words[frame.name].finditer(text))
        if excuses:
            spans = (span for span in spans if not _is_excused(frame, text, span, excuses, rules))
        span = next((span for span in spans if _fills(frame, text, span, rules, neighbor)), None)
        if span:
            yield frame, span


def _is_excused(frame: Frame, text: str, span: Span, excuses: frozenset[str], rules: Frames) -> bool:
    """Whether trade or goods, which the sentence names, are what the words are about ("delivered overnight").

    They are not in a clause of its own that speaks of use: "Order the cups and leave them on overnight", "Leave them on
    overnight while we ship the rest". What a clause of time says after it counts as use too: "wine before cupping".
    Whoever is told to drink wine is excused by that clause alone: "Drink beer and water before cupping".
    """
    parts = [found.span() for found in BETWEEN_PARTS.finditer(text)]
    clauses = parts + [found.span() for found in CONJUNCTIONS_OF_TIME.finditer(text)]
    start = max((end for _, end in clauses if end <= span[0]), default=0)
    end = min((begin for begin, _ in clauses if begin >= span[1]), default=len(text))
    end_of_part = min((begin for begin, _ in parts if begin >= span[1]), default=len(text))
    start = _end_of_time_in_front(text, start, span, excuses, rules)
    in_clause = rules.classes_in(text[start:end])
    if excuses == {"SHIP"} and "ATTACHED" in in_clause:  # "Answer the door with the cups on"
        return False
    if frame.name == "DRUNK" and "TODRINK" in in_clause:
        return bool(excuses & in_clause)
    return bool(excuses & in_clause) or "USE" not in rules.classes_in(text[start:end_of_part])


def _end_of_time_in_front(text: str, start: int, span: Span, excuses: frozenset[str], rules: Frames) -> int:
    """Where a clause of time ends that no comma ends: "Before the parcel arrives | leave the cups on overnight"."""
    opening = CONJUNCTIONS_OF_TIME.match(text.lstrip())
    if not opening or start > opening.end() + len(text) - len(text.lstrip()):
        return start
    found = (match.end() for name in excuses for match in rules.words[name].finditer(text, start, span[0]))
    return max(found, default=start)


def _fills(frame: Frame, text: str, span: Span, rules: Frames, neighbor: str) -> bool:
    rest = text if frame.mode == "told" else f"{text[: span[0]]}▢{text[span[1] :]}"
    around = f"{rest} {neighbor}"
    if not all(any(rules.words[name].search(around) for name in group) for group in frame.beside):
        return False
    if frame.mode == "always":
        return True
    if frame.mode == "waived":
        return rules.polarity.is_waived(text, span)
    return (
        rules.polarity.is_told(text, span) if frame.mode == "told" else rules.polarity.is_asserted(text, span)
    )
