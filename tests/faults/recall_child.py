"""Verbs of the fault tests of recalls: `python -m tests.faults.recall_child VERB …`. See `tests.faults.child`."""

import os
import random
import resource
import signal
import sys
import time
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
django.setup()

from django.db import connections  # noqa: E402

from store.mailer import enqueue, sweep  # noqa: E402
from store.mailer.models import MailPlan  # noqa: E402
from store.safety.models import Recall  # noqa: E402
from store.safety.recalls import approval, links  # noqa: E402
from store.safety.recalls.continuing import continue_recalls  # noqa: E402
from store.saleor import clients  # noqa: E402
from tests.faults import child  # noqa: E402
from tests.safety.recall_orders import ANN, PagedSaleor, draft  # noqa: E402

MANY = 1000  # orders
SENDING_FIRST = 0.7
UNDISTURBED_SECONDS = 15.0  # when no more process is killed; as a worker does
IN_PROGRESS = ("due", "claimed", "sending", "retry_wait")


def _connect(orders: int) -> None:
    double = PagedSaleor()
    double.per_page = 20 if orders < MANY else 100
    for number in range(1, orders + 1):
        double.sold(number, f"buyer{number}@example.com", lots={"G1": 1})
    clients.connect(double, staff_token="app-token")
    enqueue.send_task = lambda *_, **__: None


def recall_submit() -> None:
    """A recall that waits for its second person."""
    _connect(0)
    approval.submit(draft().pk, ANN)


def recall_approve_at_once(people: str) -> None:
    """That many people approve it at the same moment."""
    _connect(0)
    if os.environ.get("WITHOUT_LOCK"):
        approval._lock = _read_without_lock
    seen: Any = Recall.objects.get().submitted_at
    connections.close_all()
    starts_at = time.monotonic() + 1
    children = []
    for number in range(int(people)):
        if not (pid := os.fork()):
            time.sleep(max(0.0, starts_at - time.monotonic()))
            _approve(approval.Person(str(100 + number), f"person{number}@example.com"), seen)
        children.append(pid)
    for pid in children:
        os.waitpid(pid, 0)


def _approve(person: approval.Person, seen: Any) -> None:
    try:
        approval.approve(Recall.objects.get().pk, person, seen=seen)
    except approval.RecallError:
        os._exit(1)
    os._exit(0)


def _read_without_lock(recall_id: int, state: Any) -> Recall:
    recall = Recall.objects.get(pk=recall_id)
    time.sleep(0.3)
    if recall.state != state:
        raise approval.RecallError("another state")
    return recall


def recall_with_kills(orders: str, kills: str, seed: str) -> None:
    """Open a recall of that many orders; kill the process that carries it on at random moments, then let it end.

    Prints how long it took until all mails were planned, and by how much the memory of these processes grew at most, in
    the first and in the second half of them.
    """
    _connect(int(orders))
    recall = draft()
    approval.submit(recall.pk, ANN)
    recall.refresh_from_db()
    assert recall.submitted_at
    approval.approve(recall.pk, approval.Person("2", "ben@example.com"), seen=recall.submitted_at)
    links.notice_url(recall.pk, "en")  # loads what each process would load anew
    chance, began = random.Random(int(seed)), time.monotonic()
    planned_after: float | None = None
    grown: list[int] = []
    done = 0
    while done < int(kills):
        pid = _carry_on(sends_first=chance.random() < SENDING_FIRST)
        time.sleep(chance.uniform(0.01, 0.4 if int(orders) < MANY else 1.5))
        os.kill(pid, signal.SIGKILL)
        status = _ended(pid, grown)
        planned_after = planned_after or _planned_after(began)
        done += os.WIFSIGNALED(status)
        if not os.WIFSIGNALED(status) and not _is_in_progress():
            break
    print(f"{done} kills", flush=True)
    while _is_in_progress():
        _ended(_carry_on(seconds=UNDISTURBED_SECONDS), grown)
        planned_after = planned_after or _planned_after(began)
        time.sleep(0.2)
    half = max(len(grown) // 2, 1)
    print(f"planned after {planned_after:.1f} s, all told after {time.monotonic() - began:.1f} s")
    print(f"grown by {max(grown[:half])} and {max(grown[half:], default=0)} MB at most", flush=True)


def _ended(pid: int, grown: list[int]) -> int:
    """How it ended; notes by how many megabytes it outgrew this process, from which it was forked."""
    _, status, used = os.wait4(pid, 0)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    grown.append((used.ru_maxrss - own) // 1024)
    return status


def _planned_after(began: float) -> float | None:
    recall = Recall.objects.get()
    is_read = recall.scanned_at is not None and not recall.scan_cursor
    connections.close_all()
    return time.monotonic() - began if is_read else None


def _carry_on(*, sends_first: bool = False, seconds: float = 1.0) -> int:
    """A process that reads and plans for some seconds and sends for twice as long; of many orders it would otherwise
    always be killed while it reads them.
    """
    connections.close_all()
    pid = os.fork()
    if not pid:
        if sends_first:
            sweep.sweep(seconds=2 * seconds)
        continue_recalls(seconds=seconds)
        sweep.sweep(seconds=2 * seconds)
        os._exit(0)
    return pid


def _is_in_progress() -> bool:
    recall = Recall.objects.get()
    is_unread = bool(recall.scan_cursor) or recall.scanned_at is None
    found = is_unread or MailPlan.objects.filter(state__in=IN_PROGRESS).exists()
    connections.close_all()
    return found


if __name__ == "__main__":
    child.set_up()
    verb, *arguments = sys.argv[1:]
    globals()[verb](*arguments)
