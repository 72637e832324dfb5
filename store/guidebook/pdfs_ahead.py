"""Builds the PDF of each insert before somebody asks for it: the first reader, or a mail, would wait for seconds.

A process of its own builds them, which the kernel runs when nothing else wants the processor; it ends when all are
there, and so does not keep the memory that building takes. It needs the texts and the settings only, not the apps of
the shop, which would take twice as much again.
"""

import argparse
import fcntl
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from store.guidebook import pdf
from store.guidebook.inserts import Insert
from store.guidebook.languages import LANGUAGES
from store.guidebook.library import library
from store.parent_process import end_with_parent

logger = logging.getLogger(__name__)
PAUSE = 5.0  # seconds after the start of a worker, which has mail to send first
LONGEST = 30 * 60.0  # seconds; all of them take a minute of an idle processor
LOWEST_PRIORITY = 19  # of nice(2)


def missing() -> Iterator[tuple[Insert, str, str]]:
    """(insert, language, size) of each PDF that is not there yet, the sheets before the whole texts."""
    for size in pdf.SIZES:
        for lang in LANGUAGES:
            for insert in library().inserts.values():
                if not pdf.is_built(insert, lang, size):
                    yield insert, lang, size


def build_missing() -> int:
    """Build them in this process, one after the other; the number built. 0 where another process builds them."""
    folder = Path(settings.DATA_DIR) / "inserts"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".building").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return 0
        count = 0
        for insert, lang, size in missing():
            pdf.cached_pdf(insert, lang, size)
            count += 1
        return count


def build_later() -> None:
    """After PAUSE, if one is missing: build them in a process that ends with this one. Returns when it has ended."""
    time.sleep(PAUSE)
    try:
        if next(missing(), None) is None:
            return
        command = [sys.executable, "-m", "store.guidebook.pdfs_ahead", "--of", str(os.getpid())]
        ended = subprocess.run(command, cwd=settings.BASE_DIR, timeout=LONGEST, check=False)  # noqa: S603
        if ended.returncode not in (0, -signal.SIGTERM):  # or the shop is being closed
            logger.warning("The PDFs of the inserts could not be built ahead (exit %d).", ended.returncode)
    except Exception:  # they are built when they are asked for
        logger.warning("The PDFs of the inserts could not be built ahead.", exc_info=True)


def main() -> None:
    """Run when nothing else wants the processor; no longer than the process that started this one, if it is named."""
    parser = argparse.ArgumentParser(description="Builds the PDFs of the inserts that are missing.")
    parser.add_argument("--of", type=int, metavar="PID", help="end when this process ends")
    parent: int | None = parser.parse_args().of
    os.nice(LOWEST_PRIORITY)
    if parent is not None:
        end_with_parent(parent, signal.SIGTERM)
    build_missing()


if __name__ == "__main__":
    main()
