"""`python -m tests.mutation [PACKAGE[/MODULE] …] [--count 40] [--seed 1]`: prints a table and the faults that survive."""

import argparse
import os
import shutil
from pathlib import Path

import pytest

import tests.environment  # noqa: F401  before Django is configured
from tests.mutation.equivalent import stale
from tests.mutation.kept import ROOT, database_file
from tests.mutation.run import Plugin, Result

PACKAGES = ("orders", "payments", "stock", "checkout", "discounts", "taxes")
IMPORTED_EARLY = "ignore::pytest.PytestAssertRewriteWarning"  # tests.environment
LEFT_OUT = ("__init__", "apps", "models", "errors")  # no rules of their own
# Where a package's own tests lie beside `tests/engine/<package>`, because its only callers are forms or mutations.
TESTS_BESIDE = {
    "stock": (
        "tests/engine/admin/test_catalog_import_export.py",
        "tests/engine/admin/test_stock_pages.py",
        "tests/engine/catalog/test_products.py",
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__)
    parser.add_argument(
        "names", nargs="*", default=PACKAGES, help="such as orders or orders/returns; default: all"
    )
    parser.add_argument("--count", type=int, default=40, help="faults for each module (default 40)")
    parser.add_argument("--seed", type=int, default=1, help="which sample of them (default 1)")
    parser.add_argument("--seconds", type=float, default=20, help="of tests for each fault (default 20)")
    options = parser.parse_args()
    is_good = True
    for package in dict.fromkeys(name.partition("/")[0] for name in options.names):
        modules = _modules(package, options.names)
        plugin = Plugin(package, modules, count=options.count, seed=options.seed, max_seconds=options.seconds)
        tests = (f"tests/engine/{package}", *TESTS_BESIDE.get(package, ()))
        _restore_database()
        code = pytest.main(
            [
                "-o",
                "timeout=0",
                "-W",
                IMPORTED_EARLY,
                "--reuse-db",
                "-m",
                "not postgres",
                *(str(ROOT / name) for name in tests),
            ],
            plugins=[plugin],
        )
        if code:
            print(f"{package}: pytest ended with {code!r}")
            return int(code)
        is_good &= _report(package, plugin.results)
    return 0 if is_good else 1


def _modules(package: str, names: list[str]) -> list[Path]:
    folder = ROOT / "store/engine" / package
    wanted = [name.partition("/")[2] for name in names if name.partition("/")[0] == package]
    files = [file for file in sorted(folder.glob("*.py")) if file.stem not in LEFT_OUT]
    chosen = files if "" in wanted else [file for file in files if file.stem in wanted]
    for file in chosen:
        if lines := stale(f"{package}/{file.stem}", file.read_text()):
            raise SystemExit(f"equivalent.toml names lines that {package}/{file.stem} does not have: {lines}")
    return chosen


def _restore_database() -> None:
    """Begin with the migrated database of an earlier run, or with none."""
    database = Path(os.environ["DATA_DIR"], "test.sqlite3")
    database.unlink(missing_ok=True)
    if database_file().exists():
        shutil.copy(database_file(), database)


def _report(package: str, results: list[Result]) -> bool:
    found, planted = sum(one.found for one in results), sum(one.planted for one in results)
    seconds, tried = (
        sum(one.seconds for one in results),
        planted + sum(len(one.equivalent) for one in results),
    )
    share = found / planted if planted else 1
    print(f"| **{package}** | **{found} of {planted}, {share:.0%}** |")
    print(f"{seconds / max(tried, 1):.1f} s of processor time for a fault\n", flush=True)
    return share >= 0.9


if __name__ == "__main__":
    raise SystemExit(main())
