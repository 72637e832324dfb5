"""Progress on a terminal as a bar with the time left; elsewhere one line per section."""

import shutil
import sys
import time
from typing import TextIO

WIDTH = 28
MIN_STEPS_FOR_ESTIMATE = 5  # before that the remaining time is not shown


class ProgressBar:
    """`what`: stands before the name of a section where there is no terminal."""

    def __init__(self, stream: TextIO | None = None, *, what: str = "seed") -> None:
        self._stream, self._what = stream or sys.stderr, what
        self._on_terminal = self._stream.isatty()
        self._total = self._done = 0
        self._started = time.monotonic()
        self._section = ""

    def begin(self, total: int) -> None:
        self._total, self._done, self._started = total, 0, time.monotonic()

    def step(self, section: str, label: str) -> None:
        self._done += 1
        if self._on_terminal:
            self._draw(f"{section}: {label}")
        elif section != self._section:
            self._stream.write(f"{self._what}: {section}\n")
            self._stream.flush()
        self._section = section

    def show(self, section: str, label: str) -> None:
        """Within a step."""
        if self._on_terminal:
            self._draw(f"{section}: {label}")

    def end(self) -> None:
        if self._on_terminal:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def _draw(self, label: str) -> None:
        share = self._done / max(self._total, 1)
        filled = round(share * WIDTH)
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {self._done}/{self._total}  {self._time_left()}  {label}"
        self._stream.write("\r\x1b[K" + line[: shutil.get_terminal_size().columns - 1])
        self._stream.flush()

    def _time_left(self) -> str:
        if self._done < MIN_STEPS_FOR_ESTIMATE:
            return ""
        elapsed = time.monotonic() - self._started
        remaining = elapsed / self._done * (self._total - self._done)
        return f"{remaining:.0f} s left" if remaining >= 1 else "less than 1 s left"


class NoProgress:
    """Shows nothing."""

    def begin(self, total: int) -> None: ...

    def step(self, section: str, label: str) -> None: ...

    def show(self, section: str, label: str) -> None: ...

    def end(self) -> None: ...
