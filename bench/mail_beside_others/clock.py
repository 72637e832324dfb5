"""A clock that is behind, for processes of either environment."""

import os
from datetime import UTC, datetime, timedelta


def set_back() -> None:
    """By CLOCK_BEHIND seconds; it goes on from there."""
    if behind := float(os.environ.get("CLOCK_BEHIND", "0")):
        import time_machine

        time_machine.travel(datetime.now(UTC) - timedelta(seconds=behind), tick=True).start()
