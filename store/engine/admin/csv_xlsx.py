"""Tables as files: reads CSV (any common encoding and separator) and XLSX, writes both.

Text that a spreadsheet would take for a formula is written with an apostrophe before it, which is taken off when it is
read again.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from store.spreadsheet_cells import safe_cell, without_apostrophes

MAX_BYTES = 20_000_000
CHUNK_BYTES = 1_000_000
MAX_UNPACKED = 100_000_000  # bytes of an XLSX file, which is a zip file
MAX_CELLS = 500_000  # of all rows together, empty ones too: a row of a few bytes can stand for thousands
MAX_ELEMENTS = 800_000  # of an XLSX file's XML; each takes the parser some microseconds and half a kilobyte
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UnreadableFile(ValueError):
    """Why a file can't be read, and what to do, as a sentence."""


def read(content: bytes, *, max_rows: int) -> list[list[str]]:
    """The rows of a file, cells as text, without empty rows at the end. Raises UnreadableFile."""
    if len(content) > MAX_BYTES:
        raise UnreadableFile(f"The file is larger than {MAX_BYTES // 1_000_000} MB. Split it.")
    rows: list[list[str]] = []
    cells = 0
    for row in _xlsx_rows(content) if content[:2] == b"PK" else _csv_rows(content):
        cells += len(row)
        if len(rows) > max_rows:
            raise UnreadableFile(f"The file has more than {max_rows} rows. Split it.")
        if cells > MAX_CELLS:
            raise UnreadableFile(f"The file has more than {MAX_CELLS} cells. Split it.")
        rows.append([without_apostrophes(cell.strip()) for cell in row])
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise UnreadableFile("The file is empty.")
    return rows


def _csv_rows(content: bytes) -> Iterator[list[str]]:
    text = decode(content)
    if "\x00" in text:
        raise UnreadableFile("This is no table. Save it as CSV or XLSX.")
    first = text.split("\n", maxsplit=1)[0]
    separator = max(";,\t", key=first.count)
    csv.field_size_limit(MAX_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    except csv.Error as error:
        raise UnreadableFile(f"The file is no proper CSV: {error}. Save it again, as CSV or XLSX.") from None


def decode(content: bytes) -> str:
    """UTF-8 with or without mark, UTF-16 with mark, else the Windows form of Latin-1."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError:
                raise UnreadableFile(
                    "The file is damaged: its encoding changes half-way. Save it again."
                ) from None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    import openpyxl  # brings numpy and lxml: thirty megabytes that only a workbook needs

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _require_bounded(archive)
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield ["" if cell is None else _cell_text(cell) for cell in row]
    except UnreadableFile:
        raise
    except Exception as error:  # openpyxl raises whatever its parsers do
        raise UnreadableFile("The workbook can't be read. Save it again as XLSX, or as CSV.") from error


def _require_bounded(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableFile for a workbook that takes long to read. Forty kilobytes can unpack to millions of cells,
    which the parser holds for each row; so their tags are counted first, in any encoding."""
    too_large = UnreadableFile("The workbook is too large. Split it.")
    if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED:
        raise too_large
    elements = 0
    for entry in archive.infolist():
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK_BYTES):
                elements += chunk.count(b"<") - chunk.count(b"</")
                if elements > MAX_ELEMENTS:
                    raise too_large


def _cell_text(cell: object) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.10g}"
    return str(cell)


def write_xlsx(rows: Iterable[Sequence[object]], file: IO[bytes]) -> None:
    """The workbook, row by row: openpyxl keeps the rows in a file of its own."""
    import openpyxl  # late, as in `_xlsx_rows`

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append([safe_cell(cell) for cell in row])
    book.save(file)
