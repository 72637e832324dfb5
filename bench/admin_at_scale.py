"""`python -m bench.admin_at_scale [DATA_DIR]`: each page of the admin with about 100 rows and with many.

Many are 12,000 variants, 5,000 orders, 200,000 stock movements, 10,000 mails, 40,000 events and 5,000 customers, cloned in
SQL from a seeded shop on SQLite with a few orders: the one in DATA_DIR, or one of its own. Prints, for each page, the
statements and the best of three times. Ends with 1 if a page needs more than 15 statements, or more than three times the
time it took with 100 rows and more than 100 ms.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import processes
from bench.load import HttpClient
from bench.pages import buy

MAX_STATEMENTS, MAX_RATIO, IGNORED_BELOW = 15, 3.0, 0.1
CATALOG, ORDERS = 1_000_000, 10_000  # what is added to the keys of the n-th clone, times n


@dataclass(frozen=True, slots=True)
class Size:
    """How often each group of rows is cloned."""

    products: int
    orders: int
    movements: int
    mails: int
    events: int
    customers: int


SMALL = Size(products=2, orders=33, movements=1, mails=3, events=1, customers=100)
LARGE = Size(products=300, orders=1_666, movements=2_000, mails=800, events=100, customers=5_000)
PRODUCT_LINKS = {
    "catalog_productchannellisting": ("product_id",),
    "catalog_productmedia": ("product_id",),
    "catalog_assignedproductattributevalue": ("product_id",),
    "catalog_productsearch": ("product_id",),
}
VARIANT_LINKS = {"catalog_variantchannellisting": ("variant_id",), "stock_stock": ("variant_id",)}


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cupwell-bench-") as folder:
        source = Path(folder) / "source.sqlite3"
        copy_of_shop(source, sys.argv[1:])
        tables = {}
        for name, size in (("100 rows", SMALL), ("many rows", LARGE)):
            data = Path(folder) / name.replace(" ", "-")
            data.mkdir()
            shutil.copy(source, data / "shop.sqlite3")
            enlarge(data / "shop.sqlite3", size)
            tables[name] = _measure(data)
        return _print(*tables.values())


def copy_of_shop(target: Path, arguments: list[str]) -> None:
    """Copy the database of the shop in the folder `arguments[0]`, or of a new one."""
    if arguments:
        _copy(Path(arguments[0]) / "shop.sqlite3", target)
    else:
        _seed(target)


def _seed(target: Path) -> None:
    with processes.run_shop(8194) as shop:
        for product in ("silicone-palm-cup", "pump-starter-set", "silicone-starter-set"):
            buy(HttpClient(shop.url), product)
        _copy(shop.data / "shop.sqlite3", target)


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source) as old, sqlite3.connect(target) as new:
        old.backup(new)


def enlarge(database: Path, size: Size) -> None:
    """Clone the rows of the seeded shop."""
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("CREATE TEMP TABLE clones (n INTEGER PRIMARY KEY)")
        connection.executemany("INSERT INTO clones VALUES (?)", [(n,) for n in range(1, 5_001)])
        copies = _Copies(connection)
        copies.catalog(size.products)
        copies.orders(size.orders)
        copies.clone("stock_stockmovement", size.movements, {"id": None})
        copies.mails(size.mails)
        copies.clone("events_event", size.events, {"id": None})
        copies.customers(size.customers)
        connection.execute("ANALYZE")


class _Copies:
    """Clones of rows: `INSERT … SELECT` with an expression for each column that has to differ; None leaves it out."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self.tables = {str(row[0]) for row in rows}

    def clone(self, table: str, times: int, differing: dict[str, str | None]) -> None:
        if table not in self.tables:
            return
        columns = [str(row[1]) for row in self.connection.execute(f"PRAGMA table_info({table})")]
        columns = [name for name in columns if differing.get(name, "") is not None]
        values = ", ".join(differing.get(name) or f'"{name}"' for name in columns)
        names = ", ".join(f'"{name}"' for name in columns)
        self.connection.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM (SELECT * FROM {table}), clones WHERE n <= ?",
            [times],
        )

    def catalog(self, times: int) -> None:
        moved = f"+ n * {CATALOG}"
        unlisted = {"external_reference": "NULL"}
        product = {"id": f"id {moved}", "slug": "slug || '-' || n", "name": "name || ' ' || n"}
        chosen = {"default_variant_id": f"default_variant_id {moved}"}
        self.clone("catalog_product", times, product | chosen | unlisted)
        variant = {"id": f"id {moved}", "product_id": f"product_id {moved}", "sku": "sku || '-' || n"}
        self.clone("catalog_productvariant", times, variant | unlisted)
        for table, columns in (PRODUCT_LINKS | VARIANT_LINKS).items():
            moved_key = "product_id" if table == "catalog_productsearch" else "id"
            differing: dict[str, str | None] = {name: f"{name} {moved}" for name in columns}
            if moved_key == "id":
                differing["id"] = None if table not in ("stock_stock",) else f"id {moved}"
            self.clone(table, times, unlisted | differing if table == "catalog_productmedia" else differing)

    def orders(self, times: int) -> None:
        def key(column: str) -> str:  # another UUID: its end is replaced
            return (
                f"CASE WHEN {column} IS NULL THEN NULL ELSE substr({column}, 1, 24) || printf('%08x', n) END"
            )

        order = {"id": key("id"), "number": f"number + n * {ORDERS}", "external_reference": "NULL"}
        self.clone("orders_order", times, order | {"checkout_token": "NULL"})
        self.clone("orders_orderline", times, {"id": key("id"), "order_id": key("order_id")})
        self.clone("orders_orderevent", times, {"id": None, "order_id": key("order_id")})
        payment = {"token": key("token"), "order_id": key("order_id"), "idempotency_key": "NULL"}
        self.clone("payments_transactionitem", times, payment)
        self.clone("stock_allocation", times, {"id": None, "order_line_id": key("order_line_id")})

    def mails(self, times: int) -> None:
        self.clone("mailer_mailplan", times, {"id": None, "plan_key": "plan_key || '-' || n"})
        self.clone("mailer_orderevent", times, {"id": None, "dedupe_key": "dedupe_key || '-' || n"})

    def customers(self, times: int) -> None:
        self.connection.execute(
            "INSERT INTO accounts_user SELECT * FROM (SELECT * FROM accounts_user WHERE 0)"  # the columns exist
        )
        columns = [str(row[1]) for row in self.connection.execute("PRAGMA table_info(accounts_user)")]
        differing = {
            "id": f"id + n * {CATALOG}",
            "email": "'customer' || n || '@example.com'",
            "is_staff": "0",
            "is_superuser": "0",
            "external_reference": "NULL",
            "jwt_token_key": "printf('%012x', n)",
        }
        values = ", ".join(differing.get(name, f'"{name}"') for name in columns)
        self.connection.execute(
            f"INSERT INTO accounts_user SELECT {values}"
            " FROM (SELECT * FROM accounts_user LIMIT 1), clones WHERE n <= ?",
            [times],
        )


def _measure(data: Path) -> dict[str, tuple[int, float, int]]:
    """By page: statements, seconds and HTTP status; in a process of its own, since Django has one database."""
    answer = subprocess.run(
        [sys.executable, "-m", "bench.admin_pages"],
        env=os.environ | {"DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "store.settings"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    found = {}
    for line in answer.stdout.splitlines():
        page, statements, seconds, status = line.rsplit("\t", 3)
        found[page] = (int(statements), float(seconds), int(status))
    return found


def _print(small: dict[str, tuple[int, float, int]], large: dict[str, tuple[int, float, int]]) -> int:
    wrong = 0
    print(f"{'page':58} {'statements':>12} {'ms':>14} {'ratio':>6}")
    for page, (statements, seconds, status) in large.items():
        before, fast, _ = small.get(page, (0, 0.0, 0))
        ratio = seconds / fast if fast else 0.0
        bad = statements > MAX_STATEMENTS or status >= 400 or (ratio > MAX_RATIO and seconds > IGNORED_BELOW)
        wrong += bad
        print(
            f"{page:58} {before:5} {statements:6} {fast * 1000:6.0f} {seconds * 1000:7.0f} {ratio:6.1f}"
            f"{' <--' if bad else ''}{f' {status}' if status != 200 else ''}"
        )
    print(f"{len(large)} pages, {wrong} beyond the limits")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
