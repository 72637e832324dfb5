"""`make test`: runs all checks in turn, prints the time of each, stops at the first failure.

`make check` (`--quick`) runs the static checks and the tests without seeded shop, server or browser, in under a minute.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent

STATIC = [
    ("ruff", [BIN / "ruff", "check", "."]),
    ("ruff format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    ("import contracts", [BIN / "lint-imports", "--no-logo"]),
    ("mypy", [BIN / "mypy"]),
    ("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run", "-v", "0"]),
]
ADVISORIES = ("advisories", [sys.executable, "-m", "tests.advisories"])
QUICK = [
    *("tests/project", "tests/guidebook", "tests/storefront", "tests/safety", "tests/engine/graphql"),
    "--ignore=tests/storefront/test_with_the_engine.py",
    *("-m", "not browser and not fault and not slow and not postgres and not redis"),
]


def main(quick: bool) -> int:
    os.chdir(Path(__file__).resolve().parent.parent)
    pytest = [sys.executable, "-m", "pytest", *(QUICK if quick else [])]
    checks = STATIC if quick else [*STATIC, ADVISORIES]
    for name, command in [*checks, ("tests", [*pytest, "-n", "2", "--dist", "loadscope"])]:
        print(f"── {name}", flush=True)
        started = time.monotonic()
        if code := subprocess.call([str(part) for part in command]):
            print(f"── {name} failed (exit {code})", flush=True)
            return code
        print(f"   {time.monotonic() - started:.1f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main("--quick" in sys.argv))
