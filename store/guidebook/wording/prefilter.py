"""Which of many patterns can match a text at all: a pattern runs only if the words of the text have letters it needs.

Of each pattern the regular expression parser tells what every match contains, for each of its alternatives: strings
within one word each, `spine`, or `<all>` and `<night>` for the whole words of "all night". Which patterns a word may
match is worked out once per word and kept as a number with one bit per pattern; for a text these numbers are joined.
So a text is scanned once for all patterns.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property, reduce
from operator import or_
from sys import maxsize
from typing import Any, Final, Generic, TypeVar

from store.guidebook.wording.bounded_cache import cache_of_short_texts

try:
    from re import _constants as opcodes  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]
except (
    ImportError
):  # a Python that names them otherwise: every pattern runs, which is slower and finds the same
    opcodes = parser = None

BEGIN: Final = "<"  # of a word
END: Final = ">"
_MIN_LETTERS: Final = 2  # of a needed string, the marks of begin and end included
_TELLING_LETTERS: Final = 4  # from here on a string is as good as a longer one
_START_LETTERS: Final = 3  # by which strings are looked up
_RARE_LETTERS: Final = 6  # of longer strings, the one that fewer patterns use is rarer in texts too
_MAX_PRODUCT: Final = 32  # alternatives of a sequence, worked out from those of its parts
_WORD: Final = re.compile(r"\w+")
_WORD_CHAR: Final = re.compile(r"\w")
_KEPT_TEXTS: Final = 128  # per index; a sentence is asked for by many patterns, one after the other
_ZERO_WIDTH: Final = (opcodes.ASSERT, opcodes.ASSERT_NOT) if opcodes else ()
Key = TypeVar("Key", bound=Hashable)
Alternatives = frozenset[frozenset[str]]  # of each match, the strings of one of them
ANYTHING: Final[Alternatives] = frozenset({frozenset()})
Condition = tuple[
    int, tuple[str, ...]
]  # bit of a pattern, and what it needs besides the string it is filed under
Replacement = str | Callable[[re.Match[str]], str]


class IndexedPattern:
    """A pattern with the methods of `re.Pattern` that runs only on texts that it may match, compiled for the first."""

    def __init__(self, expression: str, bit: int, mask: Callable[[str], int]) -> None:
        self.expression = expression
        self.bit = bit
        self._mask = mask

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression)

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end) if self._mask(text) & self.bit else None

    def match(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        return self.pattern.match(text, start, end) if self._mask(text) & self.bit else None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text, start, end) if self._mask(text) & self.bit else iter(())

    def sub(self, replacement: Replacement, text: str) -> str:
        return self.pattern.sub(replacement, text) if self._mask(text) & self.bit else text


class PatternIndex(Generic[Key]):
    """Patterns by key: `index[key]` skips texts that it can't match, `candidates` are the keys that may match one."""

    def __init__(
        self, patterns: Mapping[Key, str], needs: Callable[[str], Alternatives] | None = None
    ) -> None:
        """`patterns`: regular expressions; `needs`: what `needed_strings` returns for one, if it is known already."""
        self._keys = tuple(patterns)
        self._always = 0
        self._alone: dict[str, int] = defaultdict(int)
        self._with_others: dict[str, list[Condition]] = defaultdict(list)
        needed = [*map(needs or needed_strings, patterns.values())]
        uses = Counter(string for alternatives in needed for strings in alternatives for string in strings)
        for position, alternatives in enumerate(needed):
            for strings in alternatives:
                rarest_first = sorted(strings, key=lambda s: (-min(len(s), _RARE_LETTERS), uses[s], s))
                self._add(rarest_first, 1 << position)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        for string in {*self._alone, *self._with_others}:
            self._by_start[string[:_START_LETTERS]].append(string)
        self._short = [string for string in self._by_start if len(string) < _START_LETTERS]
        self._kept_by_word = cache_of_short_texts(8192, longest=40)(self._by_word)
        self._mask = cache_of_short_texts(_KEPT_TEXTS)(self._mask_of_text)
        self._patterns = {
            key: IndexedPattern(pattern, 1 << position, self._mask)
            for position, (key, pattern) in enumerate(patterns.items())
        }

    def __getitem__(self, key: Key) -> IndexedPattern:
        return self._patterns[key]

    @property
    def expressions(self) -> list[str]:
        return [pattern.expression for pattern in self._patterns.values()]

    def compile(self) -> None:
        """Compiles every pattern, for a measurement or to find one that is no regular expression."""
        for pattern in self._patterns.values():
            pattern.pattern  # noqa: B018

    def bits(self, keys: Iterable[Key]) -> int:
        """These patterns as a number, for `candidates`."""
        return reduce(or_, (self._patterns[key].bit for key in keys), 0)

    def candidates(self, text: str, among: int) -> Iterator[Key]:
        """The keys of the patterns that may match, of those in `among` (from `bits`), in their order."""
        mask = self._mask(text) & among
        while mask:
            lowest = mask & -mask
            yield self._keys[lowest.bit_length() - 1]
            mask ^= lowest

    def _add(self, strings: list[str], bit: int) -> None:
        """Files an alternative under its first string."""
        if not strings:
            self._always |= bit
        elif len(strings) == 1:
            self._alone[strings[0]] |= bit
        else:
            self._with_others[strings[0]].append((bit, tuple(strings[1:])))

    def _mask_of_text(self, text: str) -> int:
        words = set(_WORD.findall(text))
        marked = f"{BEGIN}{f'{END}{BEGIN}'.join(words)}{END}"
        mask = self._always
        conditions: list[Condition] = []
        for word in words:
            alone, with_others = self._kept_by_word(word)
            mask |= alone
            conditions += with_others
        for bit, others in conditions:
            if not mask & bit:
                for string in others:
                    if string not in marked:
                        break
                else:
                    mask |= bit
        return mask

    def _by_word(self, word: str) -> tuple[int, tuple[Condition, ...]]:
        """The patterns that a text with this word may match, and those that it may match with other words."""
        marked = f"{BEGIN}{word}{END}"
        mask = 0
        conditions: list[Condition] = []
        found = [string for string in self._short if string in marked]
        for start in range(len(marked) - _START_LETTERS + 1):
            for string in self._by_start.get(marked[start : start + _START_LETTERS], ()):
                if marked.startswith(string, start):
                    found.append(string)
        for string in found:
            mask |= self._alone.get(string, 0)
            conditions += self._with_others.get(string, ())
        return mask, tuple(conditions)


def needed_strings(expression: str) -> Alternatives:
    """Sets of strings within one word each, `<` and `>` where it begins and ends: each match contains all of one set.

    An empty set among them says that there may be a match without any of the others.
    """
    if parser is None:
        return ANYTHING
    parsed = parser.parse(expression)
    if parsed.state.flags & re.IGNORECASE:
        return ANYTHING
    return _needed(parsed, begins=False, ends=False)


def _needed(sequence: Iterable[Any], *, begins: bool, ends: bool) -> Alternatives:
    """What the parts of a sequence need together.

    `begins`, `ends`: whether no letter can stand in front of and behind the sequence.
    """
    needed: list[Alternatives] = []
    letters, at_begin = (
        "",
        begins,
    )  # the literal letters read last, and whether a word begins with what comes next
    parts = list(sequence)
    for position, (opcode, argument) in enumerate(parts):
        following = parts[position + 1] if position + 1 < len(parts) else None
        before_end = _is_word_boundary(*following) if following else ends
        if _is_letter(opcode, argument):
            letters = (letters or BEGIN * at_begin) + chr(argument)
            at_begin = False
            if not (following and _is_letter(*following)):
                needed.append(_string(letters + END * before_end))
                letters = ""
            continue
        needed.append(_needed_in_part(opcode, argument, at_begin, before_end))
        at_begin = _is_word_boundary(opcode, argument) or (at_begin and opcode in _ZERO_WIDTH)
    return _together(needed)


def _string(string: str) -> Alternatives:
    return frozenset({frozenset({string})}) if len(string) >= _MIN_LETTERS else ANYTHING


def _together(needed: Iterable[Alternatives]) -> Alternatives:
    """The most telling of them, with as many of the others as stay few in the product."""
    product = ANYTHING
    for alternatives in sorted((a for a in needed if a != ANYTHING), key=_selectivity):
        if len(product) * len(alternatives) <= max(_MAX_PRODUCT, len(alternatives)):
            product = frozenset(one | other for one in product for other in alternatives)
    return product


def _is_letter(opcode: Any, argument: Any) -> bool:
    return opcode is opcodes.LITERAL and bool(_WORD_CHAR.match(chr(argument)))


def _is_word_boundary(opcode: Any, argument: Any) -> bool:
    """Whether a word ends in front of this part and begins behind it: a literal that is no letter, `\\b`, `(?!\\w)`."""
    if opcode is opcodes.LITERAL:
        return not _WORD_CHAR.match(chr(argument))
    if opcode is opcodes.AT:
        return bool(argument is opcodes.AT_BOUNDARY)
    if opcode is opcodes.ASSERT_NOT:
        return _is_any_letter([*argument[1]])
    return False


def _is_any_letter(parts: list[Any]) -> bool:
    word = (opcodes.CATEGORY, opcodes.CATEGORY_WORD)
    return parts in ([(opcodes.IN, [word])], [word])


def _needed_in_part(opcode: Any, argument: Any, begins: bool, ends: bool) -> Alternatives:
    if opcode is opcodes.SUBPATTERN:
        return _needed(argument[-1], begins=begins, ends=ends)
    if opcode is opcodes.BRANCH:
        branches = frozenset().union(*(_needed(branch, begins=begins, ends=ends) for branch in argument[1]))
        return ANYTHING if frozenset() in branches else branches
    if opcode in {opcodes.MAX_REPEAT, opcodes.MIN_REPEAT} and argument[0] >= 1:
        return _needed(argument[2], begins=False, ends=False)
    return ANYTHING


def _selectivity(alternatives: Alternatives) -> tuple[int, int]:
    """Sorts those with long strings first, then those with few alternatives."""
    longest = min(max(map(len, strings)) for strings in alternatives)
    return -min(_TELLING_LETTERS, longest), len(alternatives)
