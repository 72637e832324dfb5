"""`python -m bench.hanging_saleor`: what a Saleor that never answers costs the pages that need none.

Twelve shoppers ask for lists at once, again and again, of a Saleor that takes connections and says nothing. Meanwhile
guides, inserts, their PDFs and `/healthz` are asked for and timed. None may take more than 0.1 s longer than alone.
"""

import contextlib
import socket
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

from bench.machine import describe
from bench.processes import run_shop

PORT = 8192
SHOPPERS = 12
PAUSE = (
    1.0  # seconds between two lists of a shopper: once the shop knows that Saleor hangs, it says so at once
)
ROUNDS = 30
MAY_TAKE_LONGER = 0.1  # seconds
PATHS = ("/guides/first-session/", "/inserts/silicone-cups/", "/inserts/silicone-cups.pdf", "/healthz")


def main() -> int:
    print(f"{describe()}\n")
    with _hanging() as saleor, run_shop(PORT, SALEOR_API_URL=saleor, RATE_LIMIT_SEARCH="0") as shop:
        for path in PATHS:
            _seconds(shop.url + path)  # the first one renders
        alone = {path: [_seconds(shop.url + path) for _ in range(ROUNDS)] for path in PATHS}
        with _shoppers(shop.url):
            beside = {path: [_seconds(shop.url + path) for _ in range(ROUNDS)] for path in PATHS}
    print(f"{'milliseconds':<30}{'alone, median':>16}{'most':>8}{'beside 12, median':>20}{'most':>8}")
    slowest = 0.0
    for path in PATHS:
        figures = [*_figures(alone[path]), *_figures(beside[path])]
        print(f"{path:<30}{figures[0]:>16.1f}{figures[1]:>8.1f}{figures[2]:>20.1f}{figures[3]:>8.1f}")
        slowest = max(slowest, statistics.median(beside[path]) - statistics.median(alone[path]))
    print(f"\nlonger by {slowest * 1000:.1f} ms at most (median); {MAY_TAKE_LONGER * 1000:.0f} are allowed")
    return 0 if slowest <= MAY_TAKE_LONGER else 1


@contextlib.contextmanager
def _hanging() -> Iterator[str]:
    """The address of a server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/graphql/"


@contextlib.contextmanager
def _shoppers(url: str) -> Iterator[None]:
    """Twelve that ask for lists while the block runs; each list is another one, so that none is cached."""
    done = threading.Event()

    def shop(number: int) -> None:
        count = 0
        while not done.wait(PAUSE if count else 0):
            count += 1
            _seconds(f"{url}/products/?q=cup+{number}+{count}")

    threads = [threading.Thread(target=shop, args=(number,), daemon=True) for number in range(SHOPPERS)]
    for thread in threads:
        thread.start()
    time.sleep(0.5)  # until all of them wait
    yield
    done.set()
    for thread in threads:
        thread.join(30)


def _seconds(url: str) -> float:
    started = time.perf_counter()
    try:
        with urllib.request.urlopen(url, timeout=60) as response:
            response.read()
    except urllib.error.HTTPError as error:
        error.read()
    return time.perf_counter() - started


def _figures(seconds: list[float]) -> tuple[float, float]:
    """Median and maximum, in milliseconds."""
    return statistics.median(seconds) * 1000, max(seconds) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
