"""The delay before a mail is tried again: backoff by number of failures, with no limit on the number of tries."""

from datetime import timedelta

RETRY_DELAYS = [timedelta(seconds=s) for s in (30, 120, 300, 900, 1800, 3600)]
MIN_DELAY_WHEN_THROTTLED = timedelta(minutes=15)
# A server that can't be reached is asked again at least this often: one connection, whatever waits.
MAX_PAUSE = timedelta(minutes=5)


def retry_delay(failures: int, *, throttled: bool = False) -> timedelta:
    """The delay after the given number of failures, this one included; from the last entry on it stays the same.

    `throttled`: the server asked for fewer messages (421 or 4.7.x), so the delay has a minimum.
    """
    delay = RETRY_DELAYS[min(max(failures, 1), len(RETRY_DELAYS)) - 1]
    return max(delay, MIN_DELAY_WHEN_THROTTLED) if throttled else delay


def delay_after_worker_death(failures: int) -> timedelta:
    """The delay after a worker died; `failures` are those recorded before. None for the first two, then backoff:
    this mail itself may be what kills the workers.
    """
    return retry_delay(failures) if failures > 1 else timedelta()


def pause_length(failures: int, *, throttled: bool) -> timedelta:
    """How long nothing is tried at a server or domain after this many failures in a row."""
    return (
        max(MIN_DELAY_WHEN_THROTTLED, retry_delay(failures))
        if throttled
        else min(retry_delay(failures), MAX_PAUSE)
    )
