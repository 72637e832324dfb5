"""Creates a virtual environment from a lock file with hashes: `python install.py FOLDER LOCK`. Needs only Python."""

import subprocess
import sys
import time
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
MINIMUM_PYTHON = (3, 11)


def main(folder: Path, lock: str) -> int:
    if sys.version_info < MINIMUM_PYTHON:
        running = ".".join(map(str, sys.version_info[:2]))
        print(f"Python 3.11 or newer is needed; this is {running}. Try: make PYTHON=python3.12 run")
        return 1
    if not (folder / "bin" / "python").exists():
        print(f"Making {folder} …", flush=True)
        try:
            venv.create(folder, with_pip=True)
        except (subprocess.CalledProcessError, ImportError):
            print("Python's venv module can't make an environment. On Debian: apt-get install python3-venv")
            return 1
    return install(folder, lock)


def install(folder: Path, lock: str) -> int:
    """Run pip with hash checking and write the stamp file `.LOCK`; returns the exit code. Takes about a minute."""
    package_count = sum(1 for line in (HERE / f"{lock}.txt").read_text().splitlines() if "==" in line)
    print(f"Installing {package_count} pinned packages ({lock}), about a minute …", flush=True)
    started = time.monotonic()
    command = [
        str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
        "--require-hashes", "--only-binary", ":all:", "-r", str(HERE / f"{lock}.txt"),
    ]  # fmt: skip
    if exit_code := subprocess.call(command):
        print("Installing failed; pip's own words are above. Nothing was started.")
        return exit_code
    (folder / f".{lock}").touch()
    print(f"Installed in {time.monotonic() - started:.0f} s.", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), sys.argv[2]))
