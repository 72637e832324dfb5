"""Files as merchants have them: encodings, separators, workbooks, formulas, and what is no table."""

import csv
import io
import time
import zipfile
from collections.abc import Iterable, Sequence

import openpyxl
import pytest

from store.engine.admin import csv_xlsx
from store.engine.admin.csv_xlsx import UnreadableFile, read, write_xlsx
from store.spreadsheet_cells import safe_cell, to_csv, without_apostrophes


def to_xlsx(rows: Iterable[Sequence[object]]) -> bytes:
    buffer = io.BytesIO()
    write_xlsx(rows, buffer)
    return buffer.getvalue()


TABLE = [["sku", "name"], ["CUP-A", "Größe, 40 mm"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_encoding_and_separator_is_read(encoding: str, separator: str) -> None:
    text = f'sku{separator}name\r\nCUP-A{separator}"Größe, 40 mm"\r\n'
    assert read(text.encode(encoding), max_rows=10) == TABLE


def test_a_workbook_is_read() -> None:
    assert read(to_xlsx([["sku", "n", "yes"], ["CUP-A", 1.5, True]]), max_rows=10) == [
        ["sku", "n", "yes"],
        ["CUP-A", "1.5", "yes"],
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"PK\x03\x04nonsense", "can't be read"),
        (b"sku\n" * 12, "more than 10 rows"),
        (b'sku,name\n"a,b\n', "no proper CSV"),
        (b"sku,\x00\x01\x02", "no table"),
        (b"\xff\xfeabc", "damaged"),
    ],
)
def test_what_is_no_table_is_refused_with_a_reason(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read(content, max_rows=10)


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_xlsx, "MAX_BYTES", 10)
    with pytest.raises(UnreadableFile, match="larger"):
        read(b"sku,name,and more", max_rows=10)


def workbook(sheet_data: bytes) -> bytes:
    """A workbook whose first sheet holds this XML."""
    source, changed = zipfile.ZipFile(io.BytesIO(to_xlsx([["sku"]]))), io.BytesIO()
    name = "xl/worksheets/sheet1.xml"
    start, end = source.read(name).split(b"<sheetData>")[0], b"</sheetData></worksheet>"
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            part = start + b"<sheetData>" + sheet_data + end if entry == name else source.read(entry)
            target.writestr(entry, part)
    return changed.getvalue()


def test_a_small_file_that_stands_for_millions_of_cells_is_refused_before_it_is_parsed() -> None:
    bomb = workbook(b'<row r="1">' + b"<c/>" * 2_000_000 + b"</row>")
    started = time.process_time()
    with pytest.raises(UnreadableFile, match="too large"):
        read(bomb, max_rows=10)
    assert (len(bomb) < 20_000, time.process_time() - started < 2) == (True, True)


@pytest.mark.parametrize(
    "content",
    [
        workbook(b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(1, 60))),
        b"," * 600_000,
    ],
)
def test_empty_cells_count_too(content: bytes) -> None:
    with pytest.raises(UnreadableFile, match="more than 500000 cells"):
        read(content, max_rows=5000)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1+1", "＠x"])
def test_what_would_be_a_formula_is_text_and_comes_back(text: str) -> None:
    written = to_csv([["sku"], [text]])
    assert f"'{text}" in written.decode("utf-8-sig")
    assert read(written, max_rows=10)[1] == [text.strip()] or text == "\tx"
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([[text]]))).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].data_type) == (f"'{text}", "s")


def test_numbers_stay_numbers() -> None:
    assert to_csv([[-1, 2.5, None, True]]).decode("utf-8-sig") == "-1,2.5,,yes\r\n"


FORMULA = '=HYPERLINK("http://evil.example")'
HIDDEN = [
    *(f"Ada{separator}{FORMULA}" for separator in (";", "\t", "\n", "\r\n", "; ", ';"', "\n;")),
    "Ada;@SUM(1)", "Ada\n+1", "Ada\n-1", "Ada;＝1", f" {FORMULA}", "Ada;- 1+1", "Ada\t- 1+1", "Ada\n; - 1+1",
]  # fmt: skip


@pytest.mark.parametrize("text", HIDDEN)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_text_is_a_formula_in_whichever_program_separates_by_what(text: str, delimiter: str) -> None:
    """Read as such a program does, whose quotes count only at the start of a cell."""
    table = to_csv([["17", text, "ada@example.com"]]).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(table, newline=""), delimiter=delimiter) for cell in row]
    assert [cell for cell in cells if cell.lstrip(' "').startswith(("=", "+", "-", "@", "＝"))] == []


@pytest.mark.parametrize(
    "text",
    [*HIDDEN, "a;'=1", ";''=1", "\n=1;=2", "it's; 'quoted' = not", "- one\n- two", "a\n'- b", "a;b", "'", ""],
)
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    assert without_apostrophes(str(safe_cell(text))) == text


def test_lists_and_sentences_are_written_as_they_are() -> None:
    text = "Wash it:\n- warm; not hot\n- 1 + 1 = 2"
    assert safe_cell(text) == text


def test_a_text_of_nothing_but_separators_takes_no_time() -> None:
    started = time.process_time()
    safe_cell("\n; " * 100_000)
    assert time.process_time() - started < 1
