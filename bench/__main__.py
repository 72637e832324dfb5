"""`make bench`: starts a seeded shop, loads pages and GraphQL with 1 and 8 clients, and prints a table.

DATABASE_URL puts the shop on that (empty) database instead of SQLite. `bench.compare_with_saleor`
compares with a real Saleor.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bench import beside_hello, graphql, pages, processes
from bench.load import Result, run_load
from bench.machine import describe

SECONDS = float(os.environ.get("BENCH_SECONDS", "6"))
CLIENTS = (1, 8)
Case = Callable[[], Callable[[], None]]


def main() -> int:
    print(f"{describe()}\n")
    environment = {"DATABASE_URL": os.environ["DATABASE_URL"]} if "DATABASE_URL" in os.environ else {}
    with processes.run_shop(8190, **environment) as shop:
        restock(shop)
        print(_format_memory("fresh", shop.pid))
        beside_hello.print_table(shop, 8191, SECONDS)
        print(_header())
        for name, case in _page_cases(shop.url).items():
            _measure(name, case, shop.pid)
        for name, case in _graphql_cases(shop).items():
            _measure(name, case, shop.pid)
        print(_format_memory("\nafter the runs", shop.pid))
    return 0


def _page_cases(url: str) -> dict[str, Case]:
    return {
        "home": pages.page_case(url, "/"),
        "list, all products": pages.page_case(url, "/products/"),
        "product": pages.page_case(url, "/products/silicone-starter-set/"),
        "guide": pages.page_case(url, "/guides/first-session/"),
        "whole purchase (pages)": pages.purchase_case(url, ["silicone-palm-cup", "pump-starter-set"]),
    }


def _graphql_cases(shop: processes.RunningShop) -> dict[str, Case]:
    token = app_token(shop)
    variants = variant_ids(shop.url, "default-channel")
    plp = {"channel": "default-channel", "first": 20}
    return {
        "GraphQL list of 20": graphql.read_case(shop.url, "plp", plp),
        "GraphQL product": graphql.read_case(shop.url, "pdp", {"slug": "silicone-palm-cup", "channel": "default-channel"}),
        "GraphQL search": graphql.read_case(shop.url, "search", {"q": "silicone", "channel": "default-channel"}),
        "GraphQL paid checkout": graphql.checkout_case(shop.url, "default-channel", variants, token),
    }  # fmt: skip


def variant_ids(url: str, channel: str) -> list[str]:
    query = "query($c:String!){products(first:50,channel:$c){edges{node{productVariants(first:50){edges{node{id}}}}}}}"
    data: Any = graphql.Client(url).execute(query, {"c": channel})
    return [
        edge["node"]["id"]
        for product in data["products"]["edges"]
        for edge in product["node"]["productVariants"]["edges"]
    ]


def app_token(shop: processes.RunningShop) -> str:
    return _run_in_shell(shop, "from store.engine.events import apps; print(apps.internal_app_token())")


def restock(shop: processes.RunningShop) -> None:
    """Raise all stock, so that no purchase of a run fails for lack of it."""
    _run_in_shell(
        shop, "from store.engine.stock.models import Stock; Stock.objects.update(quantity=1_000_000)"
    )


def _run_in_shell(shop: processes.RunningShop, code: str) -> str:
    environment = os.environ | shop.environment
    completed = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-v", "0", "-c", code],
        cwd=processes.ROOT, env=environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return completed.stdout.strip()


def _measure(name: str, case: Case, pid: int) -> None:
    run_load(name, case, clients=1, seconds=1)  # warm-up
    for clients in CLIENTS:
        before = processes.cpu_seconds(pid)
        result = run_load(name, case, clients=clients, seconds=SECONDS)
        cpu_spent = processes.cpu_seconds(pid) - before
        result.cpu_ms = cpu_spent / max(1, len(result.times)) * 1000
        print(_format_row(result), flush=True)
        if result.failures:
            print(f"    {len(result.failures)} failures, such as {result.failures[0]}")


def _header() -> str:
    return f"{'what':<26}{'clients':>8}{'per s':>9}{'p50 ms':>9}{'p95 ms':>9}{'CPU ms':>9}{'failed':>8}"


def _format_row(result: Result) -> str:
    return (
        f"{result.name:<26}{result.clients:>8}{result.rate:>9.1f}{result.quantile(0.5):>9.1f}{result.quantile(0.95):>9.1f}"
        f"{result.cpu_ms:>9.1f}{len(result.failures):>8}"
    )


def _format_memory(when: str, pid: int) -> str:
    sizes = processes.memory_mb(pid)
    parts = ", ".join(f"{name} {size:.0f}" for name, size in sorted(sizes.items()))
    return f"memory {when}: {sum(sizes.values()):.0f} MB ({parts})\n"


if __name__ == "__main__":
    raise SystemExit(main())
