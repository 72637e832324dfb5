"""`python -m tests.mutation [PACKAGE[/MODULE] …] [--count 40] [--seed 1]`: prints a table and the faults that survive."""

import argparse
from pathlib import Path

import pytest

from tests.mutation.run import Plugin, Result

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("orders", "payments", "stock", "checkout", "discounts", "taxes")
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
    options = parser.parse_args()
    is_good = True
    for package in dict.fromkeys(name.partition("/")[0] for name in options.names):
        plugin = Plugin(_modules(package, options.names), count=options.count, seed=options.seed)
        tests = (f"tests/engine/{package}", *TESTS_BESIDE.get(package, ()))
        code = pytest.main(["-o", "timeout=0", *(str(ROOT / name) for name in tests)], plugins=[plugin])
        if code:
            print(f"{package}: pytest ended with {code!r}")
            return int(code)
        is_good &= _report(package, plugin.results)
    return 0 if is_good else 1


def _modules(package: str, names: list[str]) -> list[Path]:
    folder = ROOT / "store/engine" / package
    wanted = [name.partition("/")[2] for name in names if name.partition("/")[0] == package]
    files = [file for file in sorted(folder.glob("*.py")) if file.stem not in LEFT_OUT]
    return files if "" in wanted else [file for file in files if file.stem in wanted]


def _report(package: str, results: list[Result]) -> bool:
    found, planted = sum(one.found for one in results), sum(one.planted for one in results)
    print(*results, sep="\n")
    share = found / planted if planted else 1
    print(f"| **{package}** | **{found} of {planted}, {share:.0%}** |\n", flush=True)
    return share >= 0.9


if __name__ == "__main__":
    raise SystemExit(main())
