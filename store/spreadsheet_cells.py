"""Tables for spreadsheets, in which no text is taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import IO

# The wide forms too, which spreadsheets set to Japanese or Chinese read as the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A run of spaces, quotes and separators, and the formula that may follow.
_RUN = re.compile(r"""([\s"';]+)([=+@＝＋－＠]|- ?)?""")
_SEPARATORS = re.compile(r"[;\t\r\n]")


def to_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it, separated by commas."""
    buffer = io.BytesIO()
    write_csv(rows, buffer)
    return buffer.getvalue()


def write_csv(rows: Iterable[Sequence[object]], file: IO[bytes]) -> None:
    """As `to_csv`, row by row into `file`, which stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    csv.writer(text).writerows([safe_cell(cell) for cell in row] for row in rows)
    text.detach()


def safe_cell(cell: object) -> object:
    """Numbers stay numbers; a text that would be a formula gets an apostrophe, a negative number in a text too.

    So does what follows a separator inside a text: a program that separates by semicolons, as most of Europe's do,
    reads it as a cell of its own. `without_apostrophes` takes them off.
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if not isinstance(cell, str):
        return cell
    marked = _RUN.sub(_marked, cell)
    return f"'{marked}" if _begins_formula(cell) else marked


def without_apostrophes(cell: str) -> str:
    unmarked = _RUN.sub(_unmarked, cell)
    return unmarked[1:] if unmarked[:1] == "'" and _begins_formula(unmarked[1:]) else unmarked


def _begins_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(FORMULA_STARTS)


def _marked(found: re.Match[str]) -> str:
    run, formula = found.groups("")
    return f"{run}'{formula}" if _begins_cell_with_formula(run, formula) else found[0]


def _unmarked(found: re.Match[str]) -> str:
    run, formula = found.groups("")
    is_marked = run.endswith("'") and _begins_cell_with_formula(run, formula)
    return f"{run[:-1]}{formula}" if is_marked else found[0]


def _begins_cell_with_formula(run: str, formula: str) -> bool:
    """Not where a dash with a space begins a line: that is an item of a list."""
    separators = _SEPARATORS.findall(run)
    if not formula or not separators:
        return False
    return formula != "- " or separators[-1] in ";\t"
