"""Frames: a sentence is found because of what it names together, not because of a phrase that somebody foresaw.

A frame of frames/frames.toml lists classes of words ("HOURS" beside "USE" unless "SHIP") and how the first one has to
be meant: as something to do ("asserted"; "told" if warnings beside it excuse nothing), as a precaution that is left out
("waived"), or in any way ("always").

The words of a class stand in frames/<language>.toml, separated by commas or line ends: `*` is any ending or beginning
of a word, ` .. ` up to three words, `(a|b)` and `?` as in a regular expression. They are normalized like the text.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from store.guidebook.wording.normalization import normalize
from store.guidebook.wording.polarity import Polarity, Span
from store.guidebook.wording.prefilter import Prefilter

FOLDER = Path(__file__).parent / "frames"
MODES = ("asserted", "told", "waived", "always")
ALL_MARKETS = ("US", "UK", "EU")
Words = re.Pattern[str]
# Up to three words, none a negation: "sleep .. with" is not in "sleep never with".
_GAP = r"(?:[ ,]+(?!(?:nicht|nie|niemals|not|never|no|nunca)(?!\w))[\w'%]+){0,3}[ ,]+"


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

    def __init__(self, all_frames: tuple[Frame, ...], polarity: Polarity, words: dict[str, Words]) -> None:
        self.frames = all_frames
        self.polarity = polarity
        self.words = words
        self._prefilter = Prefilter(words)
        self.classes_in = lru_cache(maxsize=1024)(self._classes_in)

    def _classes_in(self, text: str) -> frozenset[str]:
        """The names of the classes of which a normalized sentence has a word."""
        return frozenset(name for name in self._prefilter.candidates(text) if self.words[name].search(text))


@cache
def frames(language: str) -> Frames:
    """Raises ValueError for a frame of an unknown mode, KeyError for one that uses a class that is not there."""
    data = _read(language)
    words = {name: compile_words(text) for name, text in data["words"].items()}
    polarity = Polarity(**{name: compile_words(text) for name, text in data["polarity"].items()})
    return Frames(tuple(_frame(entry, words) for entry in _read("frames")["frame"]), polarity, words)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _frame(entry: dict[str, Any], words: dict[str, Words]) -> Frame:
    mode = entry.get("mode", MODES[0])
    if mode not in MODES:
        raise ValueError(f"{entry['id']}: mode is one of {', '.join(MODES)}, not {mode}")
    beside = tuple(tuple(group.split()) for group in entry.get("beside", ()))
    unless = frozenset(entry.get("unless", "").split())
    if missing := {entry["name"], *unless, *(name for group in beside for name in group)} - words.keys():
        raise KeyError(f"{entry['id']}: no class {', '.join(sorted(missing))}")
    return Frame(entry["id"], entry["name"], beside, unless, mode, asks=entry.get("asks", False))


def compile_words(text: str) -> Words:
    items = sorted(filter(None, (item.strip() for item in re.split(r",\s|\n", text))), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(_as_expression(item) for item in items)})(?!\w)")


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
    for frame in rules.frames:
        if frame.name not in present or frame.unless & present:
            continue
        if not all(anywhere.intersection(group) for group in frame.beside):
            continue
        spans = (found.span() for found in rules.words[frame.name].finditer(text))
        span = next((span for span in spans if _fills(frame, text, span, rules, neighbor)), None)
        if span:
            yield frame, span


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
