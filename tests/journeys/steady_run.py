"""`python -m tests.journeys.steady_run [--minutes 15] [--buyers 1] [--plot FILE]`: what a shop under an even load takes.

Runs the shop as `make run` does; readers look at pages and ask the API, buyers buy, all at an even pace. Every minute it
notes memory (PSS, which counts shared pages once), open files, the write-ahead log, the database, what the shop wrote to
its log, and how long readers waited. The table that it prints at the end is the one of docs/limits.md; `--plot` draws
memory and waiting.
"""

import argparse
import contextlib
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import HttpClient
from bench.pages import buy
from tests.journeys import running_shops, steady_plot
from tests.journeys.kill_run import SETS, STOCK_UP, children
from tests.journeys.running_shops import Stack

PAGES = (
    "/",
    "/products/",
    "/de/products/",
    "/products/silicone-glide-pair/",
    "/guides/",
    "/cart/",
    "/products/?q=cup",
)
QUERY = b'{"query": "{products(first: 20, channel: \\"default-channel\\") {edges {node {id name slug}}}}"}'
JSON = {"Content-Type": "application/json"}
PAUSE = 0.5  # seconds of a reader between two requests; ten times that of a buyer between two purchases


@dataclass(frozen=True, slots=True)
class Sample:
    """`minute` since the load began; sizes in bytes; milliseconds that readers waited since the sample before."""

    minute: float
    orders: int
    requests: int
    pss: int
    open_files: int
    log: int
    database: int
    printed: int
    median_ms: float
    slow_ms: float  # 95 of 100 waited less


class Load:
    """Threads of readers and buyers; `done` counts requests and orders, `failed` by kind of error."""

    def __init__(self, url: str, *, readers: int, buyers: int) -> None:
        self.url, self.done, self.failed = url, Counter[str](), Counter[str]()
        self._ended, self._waited = threading.Event(), list[float]()
        tasks = [self._read] * readers + [self._buy] * buyers
        self._threads = [threading.Thread(target=self._repeat, args=(task,), daemon=True) for task in tasks]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        self._ended.set()
        for thread in self._threads:
            thread.join(60)

    def waited(self) -> list[float]:
        """Seconds that the readers' requests took since this was asked last."""
        taken, self._waited = self._waited, []
        return taken

    def _repeat(self, task: Callable[[], None]) -> None:
        while not self._ended.is_set():
            try:
                task()
            except Exception as error:  # counted, and a failure of the run
                self.failed[f"{type(error).__name__}: {error}"[:100]] += 1
                time.sleep(1)

    def _read(self) -> None:
        client = HttpClient(self.url)
        for path in random.sample(PAGES, len(PAGES)):
            self._ask(client, "GET", path)
        self._ask(client, "POST", "/graphql/", QUERY, JSON)

    def _ask(self, client: HttpClient, *request: Any) -> None:
        began = time.perf_counter()
        status, _, _ = client.send(*request)
        self._waited.append(time.perf_counter() - began)
        if status != 200:
            raise RuntimeError(f"status {status}")
        self.done["requests"] += 1
        time.sleep(PAUSE)

    def _buy(self) -> None:
        buy(HttpClient(self.url), random.choice(SETS))
        self.done["orders"] += 1
        self.done["requests"] += 10
        time.sleep(10 * PAUSE)


def all_processes(supervisor: int) -> list[int]:
    found = [supervisor]
    for pid in found:
        found += children(pid)
    return found


def sample(stack: Stack, load: Load, minute: float) -> Sample:
    pids = all_processes(stack.processes["run"].pid)
    folder = Path(stack.environment["DATA_DIR"])
    waited = [1000 * seconds for seconds in load.waited()] or [float("nan")]
    return Sample(
        minute=minute,
        orders=load.done["orders"],
        requests=load.done["requests"],
        pss=sum(pss(pid) for pid in pids),
        open_files=sum(open_files(pid) for pid in pids),
        log=_size(folder / "shop.sqlite3-wal"),
        database=_size(folder / "shop.sqlite3"),
        printed=_size(folder / "run.log"),
        median_ms=statistics.median(waited),
        slow_ms=sorted(waited)[int(0.95 * len(waited))],
    )


def pss(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def open_files(pid: int) -> int:
    with contextlib.suppress(OSError):
        return len(list(Path(f"/proc/{pid}/fd").iterdir()))
    return 0


def _size(file: Path) -> int:
    return file.stat().st_size if file.exists() else 0


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.journeys.steady_run", description=__doc__)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--buyers", type=int, default=1)
    parser.add_argument("--readers", type=int, default=2)
    parser.add_argument("--patience", type=float, default=120, help="seconds until the shop has to be there")
    parser.add_argument("--plot", type=Path, help="an SVG file to write")
    options = parser.parse_args()
    overrides = {"RATE_LIMIT_CHECKOUT": "0", "RATE_LIMIT_CART": "0", "RATE_LIMIT_ORDER_LOOKUP": "0"}
    with (
        tempfile.TemporaryDirectory(prefix="cupwell-steady-") as folder,
        running_shops.embedded(Path(folder), patience=options.patience, **overrides) as stack,
    ):
        stack.manage("shell", "--no-imports", "-v", "0", "-c", STOCK_UP)
        load = Load(stack.url, readers=options.readers, buyers=options.buyers)
        samples = _samples(stack, load, options.minutes)
        load.end()
    _print(samples)
    if options.plot:
        options.plot.write_text(steady_plot.svg(samples))
    print("\n".join(f"{number:>6}  {name}" for name, number in load.failed.items()) or "no request failed")
    return int(bool(load.failed))


def _samples(stack: Stack, load: Load, minutes: float) -> list[Sample]:
    """One each minute, the first when the load has run for a moment."""
    started, taken = time.monotonic(), []
    time.sleep(20)
    while (minute := (time.monotonic() - started) / 60) < minutes:
        taken.append(sample(stack, load, minute))
        time.sleep(60)
    return taken


def _print(samples: list[Sample]) -> None:
    print(
        "| minute | orders | requests | memory (PSS) | open files | write-ahead log | database | a further order "
        "| shop's log | median | 95 of 100 |"
    )
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for before, one in zip([samples[0], *samples], samples, strict=False):
        orders = one.orders - before.orders
        grown = f"{(one.database - before.database) / orders / 1000:.1f} kB" if orders else ""
        sizes = [f"{size / 1e6:.1f} MB" for size in (one.pss, one.log, one.database)]
        print(
            f"| {one.minute:.0f} | {one.orders} | {one.requests} | {sizes[0]} | {one.open_files} | {sizes[1]} | "
            f"{sizes[2]} | {grown} | {one.printed} B | {one.median_ms:.0f} ms | {one.slow_ms:.0f} ms |",
            flush=True,
        )


if __name__ == "__main__":
    raise SystemExit(main())
