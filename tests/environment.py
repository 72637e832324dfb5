"""Loaded first (`-p tests.environment`): tests get a data folder of their own, never the shop's.

What is costly and the same for all workers of pytest-xdist lies in SESSION_DIR, which the first process makes: the PDFs,
whose file names hold a digest of their content, and the seeded database (tests/conftest.py).
"""

import atexit
import os
import shutil
import tempfile


def _make_folder() -> str:
    """A folder in memory where there is such a thing, deleted when this process ends."""
    folder = tempfile.mkdtemp(prefix="cupwell-test-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: PTH112
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


SESSION_DIR = os.environ.get("TEST_SESSION_DIR") or _make_folder()
os.environ["TEST_SESSION_DIR"] = SESSION_DIR
os.makedirs(f"{SESSION_DIR}/inserts", exist_ok=True)  # noqa: PTH103

_data_dir = _make_folder()
os.symlink(f"{SESSION_DIR}/inserts", f"{_data_dir}/inserts")  # noqa: PTH211
os.mkdir(f"{_data_dir}/static")  # noqa: PTH102  WhiteNoise warns when it is not there
os.environ["DATA_DIR"] = _data_dir
os.environ.pop(
    "PYTHONDONTWRITEBYTECODE", None
)  # compiling the shop again costs each started process a second
os.environ["SECRET_KEY"] = "only for tests"
os.environ["SWEEP_SECONDS"] = "1"
os.environ["MAIL_QUIET_HOURS"] = "0"  # tests run at any hour
os.environ["MAIL_CARE_SPACING_HOURS"] = "0"
os.environ["LOG_LEVEL"] = os.environ.get("LOG_LEVEL", "WARNING")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's sync API runs an event loop in the same thread
for name in ("SALEOR_API_URL", "REDIS_URL", "EMAIL_URL", "PRODUCTION", "PUBLIC_URL"):
    os.environ.pop(name, None)
