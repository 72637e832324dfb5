"""The threads of a worker that send. A mail server that stalls holds up these, and no task: planning, webhooks and
sweeps go on meanwhile. SAFETY mail has a thread of its own, which waits behind no other mail; the other thread
sends none, so that a recall of thousands keeps back no link for a new password.

A task that finds mail due only wakes its thread. Where no such thread runs, as in a single-threaded worker, the task
sends itself.
"""

import logging
import threading

from django.db import close_old_connections

from store.mailer.mail_classes import MailClass
from store.mailer.sending import send_until_done

logger = logging.getLogger(__name__)
SAFETY = (MailClass.SAFETY,)
OTHERS = tuple(one for one in MailClass if one not in SAFETY)
GROUPS = (SAFETY, OTHERS)  # each waits for no mail of the other
STOP_SECONDS = 25.0  # for each of the two, within the minute that Docker gives a worker
SECONDS = 5.0  # after which a thread looks at whether it has to end


class SenderThread(threading.Thread):
    """Sends what is due of `classes` each time it is woken."""

    def __init__(self, classes: tuple[MailClass, ...]) -> None:
        super().__init__(name=f"sender {'+'.join(classes)}", daemon=True)
        self.classes = classes
        self.awake = threading.Event()
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            if self.awake.wait(SECONDS):
                self.awake.clear()
                self._send()

    def _send(self) -> None:
        close_old_connections()
        try:
            while not self.stopping.is_set() and send_until_done(
                classes=self.classes, seconds=SECONDS, is_stopping=self.stopping.is_set
            ):
                pass
        except Exception:  # a database that is away: the next wake-up finds the rows
            logger.exception("the mails that are due could not be sent now")
        finally:
            close_old_connections()

    def stop(self) -> None:
        """End after the mail under way; the others of its batch are given back."""
        self.stopping.set()
        self.awake.set()


_threads: list[SenderThread] = []


def start() -> None:
    """Start the threads of this process. Idempotent."""
    if not _threads:
        _threads.extend(SenderThread(classes) for classes in GROUPS)
        for thread in _threads:
            thread.start()


def stop() -> None:
    """End them; a mail under way is waited for, half a minute at most (see stop_grace_period of the workers)."""
    for thread in _threads:
        thread.stop()
    for thread in _threads:
        thread.join(timeout=STOP_SECONDS)
    _threads.clear()


def wake(mail_class: MailClass | None = None) -> bool:
    """Have the due mails of a class sent, those of all classes by default; False if no thread of this process does."""
    for thread in _threads:
        if mail_class is None or mail_class in thread.classes:
            thread.awake.set()
    return bool(_threads)
