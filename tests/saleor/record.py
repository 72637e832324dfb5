"""`python -m tests.saleor.record URL`: makes the recordings anew at a running Saleor 3.23, one to try things in.

`tests/journeys/real_saleor.py` says what it has to be. More arguments go to pytest, such as `-k purchase`.
"""

import os
import subprocess
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    if not arguments or not arguments[0].startswith("http"):
        sys.stderr.write(f"{__doc__}")
        return 2
    url, *more = arguments
    tests = sorted(str(file) for file in Path(__file__).parent.glob("test_recorded_*.py"))
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests, *more]
    environment = os.environ | {"SALEOR_RECORD_URL": url, "SALEOR_TEST_URL": url}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
