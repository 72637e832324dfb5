"""`python -m bench.catalog_import [DATA_DIR]`: an import of 10,000 variants on SQLite, and how long others wait meanwhile.

Each row gets another price and stock. The shop in DATA_DIR, or one of its own, is enlarged to 12,000 variants first.
Prints seconds of reading, checking and applying, the largest memory, and for each of them the longest wait of another
process that writes a row every 20 ms, as a checkout does.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.admin_at_scale import LARGE, copy_of_shop, enlarge

ROWS, EVERY_SECONDS, TIMEOUT_SECONDS = 10_000, 0.02, 300


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cupwell-bench-") as folder:
        data = Path(folder)
        copy_of_shop(data / "shop.sqlite3", sys.argv[1:])
        enlarge(data / "shop.sqlite3", LARGE)
        environment = os.environ | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "store.settings"}
        return subprocess.run(
            [sys.executable, "-m", "bench.catalog_import", "import"], env=environment, check=False
        ).returncode


def import_prices() -> None:
    import django

    django.setup()
    from store.engine.admin import csv_xlsx
    from store.engine.admin.catalog_import_export import read_rows
    from store.engine.stock import catalog_import, import_journal

    database = Path(os.environ["DATA_DIR"]) / "shop.sqlite3"
    content = _file()
    with _measured("read", database):
        rows, errors = read_rows(csv_xlsx.read(content, max_rows=catalog_import.MAX_ROWS))
    assert not errors
    with _measured("check", database):
        result = catalog_import.check(rows)
    assert not result.errors, result.errors[:3]
    with _measured("store", database):
        stored = import_journal.store(file_name="prices.csv", rows=rows)
    with _measured("apply", database):
        result = import_journal.apply(import_id=stored.pk)
    assert not result.errors, result.errors[:3]
    with _measured("undo", database):
        undone = import_journal.undo(import_id=stored.pk)
    assert not undone.errors, undone.errors[:3]
    print(f"{len(rows)} rows, {len(result.changes)} values changed, {_largest_memory()} MiB at most")


def _file() -> bytes:
    """The file, made by another process: what that takes is no part of the import."""
    command = [sys.executable, "-m", "bench.catalog_import", "file"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def print_file() -> None:
    """As exported, with another price in each channel and another piece in each warehouse."""
    import django

    django.setup()
    from store.engine.admin.catalog_import_export import export_rows
    from store.engine.catalog.models import ProductVariant
    from store.spreadsheet_cells import to_csv

    names, *rows = export_rows(ProductVariant.objects.order_by("pk"))
    numbers = [place for place, name in enumerate(names) if name.startswith(("price:", "stock:"))]
    changed = []
    for row in rows[:ROWS]:
        cells = list(row)
        for place in numbers:
            cells[place] = cells[place] + 1 if cells[place] not in ("", None) else ""
        changed.append(cells)
    sys.stdout.buffer.write(to_csv([names, *changed]))


@contextmanager
def _measured(name: str, database: Path) -> Iterator[None]:
    writer = subprocess.Popen(
        [sys.executable, "-m", "bench.catalog_import", "write", str(database)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert writer.stdout is not None
    writer.stdout.readline()  # it has begun
    began = time.perf_counter()
    yield
    seconds = time.perf_counter() - began
    longest, _ = writer.communicate("\n")
    print(
        f"{name:6} {seconds:6.2f} s, another's write waits up to {float(longest) * 1000:6.0f} ms, "
        f"{_largest_memory()} MiB at most until here",
        flush=True,
    )


def _largest_memory() -> int:
    """MiB of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def write_meanwhile(database: str) -> None:
    """Write until a line arrives on standard input; then print the longest wait in seconds."""
    import select

    connection = sqlite3.connect(database, timeout=TIMEOUT_SECONDS, isolation_level=None)
    longest = 0.0
    print("begun", flush=True)
    while True:
        began = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE channels_channel SET is_active = is_active")
        connection.execute("COMMIT")
        longest = max(longest, time.perf_counter() - began)
        if select.select([sys.stdin], [], [], EVERY_SECONDS)[0]:
            break
    print(longest)


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["import"]:
            import_prices()
        case ["file"]:
            print_file()
        case ["write", path]:
            write_meanwhile(path)
        case _:
            sys.exit(main())
