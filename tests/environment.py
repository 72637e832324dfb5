"""Loaded first (`-p tests.environment`): tests get a data folder of their own, never the shop's."""

import atexit
import os
import shutil
import tempfile

_data_dir = tempfile.mkdtemp(prefix="cupwell-test-", dir="/dev/shm" if os.path.isdir("/dev/shm") else None)  # noqa: PTH112
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)

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
