"""What differs between the recipients of one text: names, numbers and links, put into words that are rendered once.

A mail text is rendered with a mark for each such value. The marks are replaced in the finished parts, so that a recall
of a hundred thousand renders its words once per language. A value is looked at by nobody but its reader: whatever needs
to compare it raises NotShareable, and that text is rendered for each recipient anew.

Lines of the text part that hold a mark are wrapped when the value is known; until then they stand between characters of
Unicode's private use area.
"""

import re
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from html import escape

WIDTH = 72
_MARK = re.compile(r"zq([a-z]+)qz")
_IN_ANY_CASE = re.compile(_MARK.pattern, re.IGNORECASE)
_BEGIN, _NEXT, _BREAK, _END, _LINE, _ROW = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004", "\ue005"
_IN_TEXT = re.compile(
    f"{_BEGIN}([^{_NEXT}]*){_NEXT}([^{_NEXT}]*){_NEXT}([^{_END}]*){_END}"
    f"|{_LINE}([^{_NEXT}]*){_NEXT}([^{_LINE}]*){_LINE}"
    f"|{_ROW}([^{_NEXT}]*){_NEXT}([^{_ROW}]*){_ROW}"
    f"|{_MARK.pattern}"
)
Piece = tuple[str, bool]  # text, and whether other mails with the same words have it too
# All white space but the two no-break spaces, which keep an amount and its currency together.
_BREAKABLE_SPACE = re.compile(r"[^\S\u00a0\u202f]+")


class NotShareable(BaseException):  # templates swallow an Exception in `{% if a == b %}`
    """The text depends on a personal value in another way than by printing it."""


class Mark(str):
    """Stands for a value that is there. Printing it is all that can be done with it."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise NotShareable(str(self))

    def __len__(self) -> int:
        raise NotShareable(str(self))

    def __bool__(self) -> bool:
        return True

    __hash__ = str.__hash__


def marks(name: str, values: Sequence[str]) -> dict[str, str]:
    """A mark for each of several values; the value by the name of its mark, in order. name: of letters alone."""
    return {f"{name}{_letters(number)}": value for number, value in enumerate(values)}


def _letters(number: int) -> str:
    """At least two; any number has its own."""
    more, last = divmod(number, 26)
    return (_letters(more) if more > 25 else chr(97 + more)) + chr(97 + last)


def mark(name: str) -> Mark:
    return Mark(f"zq{name.replace('_', '')}qz")


def has_mark(text: str) -> bool:
    return _MARK.search(text) is not None


def check_marks(*parts: str) -> None:
    """Raises NotShareable if a mark was changed, as by `|upper`: its value could no longer be filled in."""
    for part in parts:
        for found in _IN_ANY_CASE.finditer(part):
            if not found[0].islower():
                raise NotShareable(found[0])


def clean(value: str) -> str:
    """A value as every part shows it."""
    return _BREAKABLE_SPACE.sub(" ", value).strip()


def fill_line(template: str, values: Mapping[str, str]) -> str:
    """Subject: plain text on one line."""
    return " ".join(_filled(template, values).split())


def fill_text(template: str, values: Mapping[str, str]) -> str:
    """The text part. values: name without underscores -> value."""
    return "".join(text for text, _ in text_pieces(template, values))


def fill_html(template: str, values: Mapping[str, str]) -> str:
    """The HTML part."""
    return "".join(text for text, _ in html_pieces(template, values))


def text_pieces(template: str, values: Mapping[str, str]) -> list[Piece]:
    """`fill_text` in its pieces."""
    return _pieces(template, _IN_TEXT, lambda found: _in_text(found, values))


def html_pieces(template: str, values: Mapping[str, str]) -> list[Piece]:
    """`fill_html` in its pieces."""
    if not values:
        return [(template, False)]
    return _pieces(
        template, _MARK, lambda found: escape(values[found[1]]) if found[1] in values else found[0]
    )


def _pieces(template: str, own: re.Pattern[str], fill: Callable[[re.Match[str]], str]) -> list[Piece]:
    split = _split(template, own)
    is_shared = len(split) > 1
    return [(one, is_shared) if isinstance(one, str) else (fill(one), False) for one in split]


@lru_cache(maxsize=128)
def _split(template: str, own: re.Pattern[str]) -> tuple[str | re.Match[str], ...]:
    """What all readers share, and what is filled in for each, in turn."""
    pieces, at = list[str | re.Match[str]](), 0
    for found in own.finditer(template):
        pieces += [template[at : found.start()], found]
        at = found.end()
    return (*pieces, template[at:])


def wrap_text(text: str, *, first: str = "", rest: str = "") -> str:
    """Lines of at most WIDTH characters. URLs are never broken: a wrapped link in a safety mail would not work."""
    if has_mark(text):
        return f"{_BEGIN}{first}{_NEXT}{rest}{_NEXT}{text.replace(chr(10), _BREAK)}{_END}"
    return _wrapped(text, first, rest)


def underlined(text: str, line: str) -> str:
    """A heading. line: the character of the line below, which is as long as the heading."""
    if has_mark(text):
        return f"{_LINE}{line}{_NEXT}{text}{_LINE}"
    return _with_line(text, line)


def row(label: str, amount: str) -> str:
    """A row of a table: the amount at the right of the label, or below one that leaves no room for it."""
    if has_mark(label) or has_mark(amount):
        return f"{_ROW}{label}{_NEXT}{amount}{_ROW}"
    return _aligned(label, amount)


def _in_text(found: re.Match[str], values: Mapping[str, str]) -> str:
    """Wrapped lines, a heading, a row or a mark, with the values that stand there, which are not looked at again."""
    first, rest, lines, line, heading, label, amount, _ = found.groups()
    if lines is not None:
        return _wrapped(_filled(lines.replace(_BREAK, "\n"), values), first, rest)
    if label is not None:
        return _aligned(_filled(label, values), _filled(amount, values))
    return _filled(found[0], values) if heading is None else _with_line(_filled(heading, values), line)


def _wrapped(text: str, first: str, rest: str) -> str:
    return "\n".join(
        textwrap.fill(
            line,
            WIDTH,
            initial_indent=first if i == 0 else rest,
            subsequent_indent=rest,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for i, line in enumerate(text.split("\n"))
    )


def _aligned(label: str, amount: str) -> str:
    if not amount:
        return label
    width = WIDTH - len(amount) - 1
    if len(label) > width:
        return f"{label}\n{amount:>{WIDTH}}"
    return f"{label:<{width}} {amount}"


def _with_line(text: str, line: str) -> str:
    return f"{text}\n{line * min(len(text), WIDTH)}"


def _filled(template: str, values: Mapping[str, str]) -> str:
    return _MARK.sub(lambda found: values.get(found[1], found[0]), template)
