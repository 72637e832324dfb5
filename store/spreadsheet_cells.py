"""Tables for spreadsheets, in which no text is taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

# The wide forms too, which spreadsheets set to Japanese or Chinese read as the narrow ones.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with a mark, by which spreadsheets know it, separated by commas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def safe_cell(cell: object) -> object:
    """Numbers stay numbers; a text that would be a formula gets an apostrophe, a negative number in a text too."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell
