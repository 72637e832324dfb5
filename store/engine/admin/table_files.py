"""Tables as downloads: written row by row to a file on disk, so that no table is in memory as a whole, however long.

The file is complete before the answer begins: what goes wrong while it is made is an error page, not half a table.
"""

import tempfile
from collections.abc import Callable, Iterable, Sequence
from typing import IO

from django.http import FileResponse

from store.engine.admin import csv_xlsx
from store.spreadsheet_cells import write_csv

Rows = Iterable[Sequence[object]]


def csv_response(rows: Rows, *, name: str) -> FileResponse:
    return _response(rows, write_csv, name=name, content_type="text/csv; charset=utf-8")


def xlsx_response(rows: Rows, *, name: str) -> FileResponse:
    return _response(rows, csv_xlsx.write_xlsx, name=name, content_type=csv_xlsx.XLSX_TYPE)


def _response(
    rows: Rows, write: Callable[[Rows, IO[bytes]], None], *, name: str, content_type: str
) -> FileResponse:
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    try:
        write(rows, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
