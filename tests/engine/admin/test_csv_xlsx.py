"""Files as merchants have them: encodings, separators, workbooks, formulas, and what is no table."""

import io

import openpyxl
import pytest

from store.engine.admin import csv_xlsx
from store.engine.admin.csv_xlsx import UnreadableFile, read, to_xlsx
from store.spreadsheet_cells import to_csv

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


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_what_would_be_a_formula_is_text_and_comes_back(text: str) -> None:
    written = to_csv([["sku"], [text]])
    assert f"'{text}" in written.decode("utf-8-sig")
    assert read(written, max_rows=10)[1] == [text.strip()] or text == "\tx"
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx([[text]]))).active
    assert sheet is not None
    assert (sheet["A1"].value, sheet["A1"].data_type) == (f"'{text}", "s")


def test_numbers_stay_numbers() -> None:
    assert to_csv([[-1, 2.5, None, True]]).decode("utf-8-sig") == "-1,2.5,,yes\r\n"
