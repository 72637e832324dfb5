"""`python -m tests.journeys.kill_run [--kills 100] [--seconds S] [--database URL] [--seed 1] [--patience 90]`: kill -9
under load, then the books.

Runs the shop as `make run` does, lets buyers buy all the time and kills a process of it again and again: the server
process amid each step of a purchase in turn, the web server above it, the worker, or the supervisor, which this program
starts again as a machine's service manager does. The shop has to come back by itself. At the end, when all mail has
left, it asks the database whether anything was lost or doubled. Exit code 1 if so. Not part of `make test`: a kill takes
about five seconds.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import HttpClient
from bench.pages import buy
from tests.journeys import running_shops
from tests.journeys.running_shops import Stack, wait_for

SETS = ("silicone-glide-pair", "glass-glide-pair", "silicone-palm-cup")
STOCK_UP = """
from django.db import transaction
from store.engine.stock import stock_adjustments
from store.engine.stock.models import Stock
with transaction.atomic():
    for variant_id, warehouse_id in Stock.objects.values_list("variant_id", "warehouse_id"):
        stock_adjustments.receive(variant_id=variant_id, warehouse_id=warehouse_id, quantity=5000)
"""
AUDIT = """
import json
from django.db.models import Count, F
from store.engine.checkout.paid_checkouts import paid_without_order
from store.engine.orders.models import Order
from store.engine.payments.models import TransactionItem
from store.engine.stock import consistency
from store.mailer.models import MailAttempt, MailPlan
sent = MailAttempt.objects.filter(outcome="accepted").values("plan").annotate(n=Count("pk"))
print("AUDIT" + json.dumps({
    "orders": Order.objects.count(),
    "baskets with money and no order": paid_without_order().count(),
    "orders not paid to the cent": Order.objects.exclude(total_charged_amount=F("total_gross_amount")).count(),
    "orders charged twice": TransactionItem.objects.exclude(order_id=None).values("order_id").annotate(n=Count("pk"))
        .filter(n__gt=1).count(),
    "stock rows that do not add up": len(consistency.differences()),
    "orders without confirmation": Order.objects.count() - MailPlan.objects.filter(kind="order-confirmation").count(),
    "orders without safety mail": Order.objects.count() - MailPlan.objects.filter(kind="safety-first").count(),
    "mails not sent": MailPlan.objects.exclude(state__in=["sent", "planned", "ambiguous"]).count(),
    "safety mails not sent": MailPlan.objects.filter(kind="safety-first").exclude(state="sent").count(),
    "confirmations sent twice": sent.filter(plan__kind="order-confirmation", n__gt=1).count(),
    "confirmations shown as unknown": MailPlan.objects.filter(state="ambiguous").count(),
}))
"""
# What the shop promises never to have; the other numbers are shown only.
NEVER = (
    "baskets with money and no order", "orders not paid to the cent", "orders charged twice",
    "stock rows that do not add up", "orders without confirmation", "orders without safety mail", "mails not sent",
    "safety mails not sent", "confirmations sent twice", "orders that a buyer saw and nobody has",
)  # fmt: skip


# The requests of a purchase, in which the server process is killed in turn.
STEPS = (
    "GET products", "POST products", "GET checkout", "POST checkout", "GET checkout/delivery", "POST checkout/delivery",
    "GET checkout/payment", "POST checkout/payment", "GET orders",
)  # fmt: skip
KINDS = ("server process", "server process", "server process", "web", "worker", "supervisor")


class WatchedClient(HttpClient):
    """Says in `step` which request it waits for; after an error, which one broke off."""

    step = ""

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        parts = [part for part in path.split("?", maxsplit=1)[0].split("/") if part]
        self.step = f"{method} {'/'.join(parts[:2] if parts[0] == 'checkout' else parts[:1])}"
        answer = super().send(method, path, body, headers)
        self.step = ""
        return answer


@dataclass
class Buyers:
    """Threads that buy until they are stopped. `bought`: the order pages that were shown, `failed`: what broke off."""

    url: str
    count: int = 3
    bought: list[str] = field(default_factory=list)
    failed: Counter[str] = field(default_factory=Counter)  # by step, of those whose answer broke off
    refused: int = 0  # tries while the shop was coming back
    clients: list["WatchedClient"] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self.clients = [WatchedClient(self.url) for _ in range(self.count)]
        self._threads = [
            threading.Thread(target=self._buy, args=(number,), daemon=True) for number in range(self.count)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopped.set()
        for thread in self._threads:
            thread.join(60)

    def steps(self) -> set[str]:
        """The steps in which a buyer waits for an answer at this moment."""
        return {client.step for client in self.clients if client.step}

    def _buy(self, number: int) -> None:
        while not self._stopped.is_set():
            client = self.clients[number] = WatchedClient(self.url)
            try:
                self.bought.append(buy(client, random.choice(SETS)))
            except ConnectionRefusedError:
                self.refused += 1
                time.sleep(0.3)
            except Exception:  # the shop was killed in the middle of it
                self.failed[client.step] += 1
                client.step = ""
                time.sleep(0.3)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many kills at most, for how long, and `patience`: seconds in which the shop has to answer again."""

    kills: int
    seconds: float
    patience: float


def children(pid: int) -> list[int]:
    """Pids of a process's children, from all of its threads."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(one) for text in lists for one in text.read_text().split()]


def processes(supervisor: int) -> dict[str, int]:
    """The pids of the shop's processes by kind; one that is just starting may be missing."""
    found = {"supervisor": supervisor}
    for pid in children(supervisor):
        if _runs(pid, "celery"):
            found["worker"] = pid
        elif _runs(pid, "granian"):
            found["web"] = pid
            for own in (own for own in children(pid) if _runs(own, "granian")):
                found["server process"] = own
    return found


def kill_again_and_again(stack: Stack, buyers: Buyers, limits: Limits, chance: random.Random) -> Counter[str]:
    """Kill processes until there were so many kills; returns how often which was killed amid which step."""
    killed: Counter[str] = Counter()
    all_there = time.monotonic()
    ends = time.monotonic() + limits.seconds
    while killed.total() < limits.kills and time.monotonic() < ends:
        kind, step = chance.choice(KINDS), STEPS[killed.total() % len(STEPS)]
        _wait_for_step(buyers, step, chance.uniform(0, 0.05))
        pid = processes(stack.processes["run"].pid).get(kind)
        if pid is None:  # it is just starting
            assert time.monotonic() - all_there < limits.patience, f"{kind} does not come back"
            time.sleep(1)
            continue
        all_there = time.monotonic()
        during = buyers.steps()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
            killed[f"{kind} in {step}" if step in during else f"{kind} between steps"] += 1
        if kind == "supervisor":
            _start_again(stack, limits.patience)
        stack.wait_until_ready(limits.patience)
        if killed.total() % 25 == 0:
            print(f"{killed.total()} kills, {len(buyers.bought)} bought", flush=True)
    return killed


def _wait_for_step(buyers: Buyers, step: str, longer: float) -> None:
    """Until a buyer waits for the answer of this step, and `longer` seconds more; at most 20 seconds."""
    deadline = time.monotonic() + 20
    while step not in buyers.steps() and time.monotonic() < deadline:
        time.sleep(0.001)
    time.sleep(longer)


def _start_again(stack: Stack, patience: float) -> None:
    """As a service manager does: until it stays, since port and folder are free only when the old processes ended."""
    stack.processes["run"].wait(10)
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        stack.start("run")
        while stack.processes["run"].poll() is None:
            if "web" in processes(stack.processes["run"].pid):
                return
            time.sleep(0.5)
    raise AssertionError("the shop does not start again after its supervisor was killed")


def _runs(pid: int, program: str) -> bool:
    try:
        return program in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def audit(stack: Stack) -> dict[str, int]:
    found: dict[str, int] = json.loads(_run_code(stack, AUDIT).partition("AUDIT")[2])
    return found


def _run_code(stack: Stack, code: str) -> str:
    return stack.manage("shell", "--no-imports", "-v", "0", "-c", code)


def settled(stack: Stack) -> bool:
    found = audit(stack)
    open_work = (
        "baskets with money and no order",
        "orders without safety mail",
        "mails not sent",
        "safety mails not sent",
    )
    return not any(found[name] for name in open_work)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.kill_run", description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="end earlier, with the books")
    parser.add_argument("--database", default="", help="URL of an empty PostgreSQL database; default: SQLite")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--patience", type=float, default=90, help="seconds in which the shop has to come back"
    )
    options = parser.parse_args()
    overrides = {"DATABASE_URL": options.database} if options.database else {}
    overrides |= {"RATE_LIMIT_CHECKOUT": "0", "RATE_LIMIT_CART": "0", "RATE_LIMIT_ORDER_LOOKUP": "0"}
    with (
        tempfile.TemporaryDirectory(prefix="cupwell-kills-") as folder,
        running_shops.embedded(Path(folder), patience=options.patience, **overrides) as stack,
    ):
        limits = Limits(options.kills, options.seconds, options.patience)
        return _report(stack, limits, random.Random(options.seed))


def _report(stack: Stack, limits: Limits, chance: random.Random) -> int:
    _run_code(stack, STOCK_UP)
    buyers = Buyers(stack.url)
    buyers.start()
    killed = kill_again_and_again(stack, buyers, limits, chance)
    buyers.stop()
    wait_for(lambda: settled(stack), 300, f"all work to be done: {audit(stack)}")
    found = audit(stack)
    stack.wait_until_ready()
    lost = [page for page in set(buyers.bought) if not _shows(stack.url, page)]
    found["orders that a buyer saw and nobody has"] = len(lost)
    print(
        f"kills: {killed.total()}; bought: {len(buyers.bought)}; refused while coming back: {buyers.refused}"
    )
    for title, counts in (("killed", killed), ("broken off", buyers.failed)):
        for name, number in sorted(counts.items()):
            print(f"{number:>6}  {title}: {name}")
    for name, number in found.items():
        print(f"{number:>6}  {name}")
    return int(any(found[name] for name in NEVER))


def _shows(url: str, page: str) -> bool:
    return HttpClient(url).send("GET", page)[0] == 200


if __name__ == "__main__":
    raise SystemExit(main())
