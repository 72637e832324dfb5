"""A process that doesn't outlive its parent (Linux). Standard library only, for the supervisor.

Signals that a parent sends on its way out are not enough: one that was killed sends none, and a server that just
starts may die of SIGTERM before it knows how to tell its own processes.
"""

import contextlib
import multiprocessing
import os
import signal

PR_SET_PDEATHSIG = 1  # of prctl(2)


def end_with_parent(parent: int, ending: signal.Signals) -> None:
    """Ask the kernel to send this process the signal `ending` when its parent, the process `parent`, has died."""
    import ctypes  # takes memory that the supervisor itself does without

    with contextlib.suppress(AttributeError, OSError):  # another system than Linux
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, ending)
    if os.getppid() != parent:  # it died before the kernel was asked
        os.kill(os.getpid(), ending)


def end_with_server() -> None:
    """End this server process at once when the web server that started it has died.

    It would go on serving beside its successor, or hold the port so that the shop can't be started again. Does nothing
    in a process that multiprocessing didn't start: other servers than granian look after their own.
    """
    if parent := multiprocessing.parent_process():
        end_with_parent(parent.pid or 0, signal.SIGKILL)
