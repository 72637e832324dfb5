"""Compares the engine with a real Saleor: same documents, same catalog, same machine, alternating runs.

    SALEOR_TEST_URL=http://127.0.0.1:8120 DATABASE_URL=postgres://… python -m bench.compare_with_saleor

"Each time": ours with nothing kept (`RESPONSE_CACHE_BYTES=0`), so that every answer is worked out.
Both shops hold our catalogue (seed the real one with SALEOR_API_URL and `manage.py seed`). Stock there is raised
through its API first, so that a run measures selling and not running out.
"""

import os
from typing import Any

from bench import graphql, processes
from bench.__main__ import CLIENTS, SECONDS, Case, app_token, restock, variant_ids
from bench.load import Result, run_load
from bench.machine import describe

CHANNEL = "default-channel"
EMAIL = os.environ.get("SALEOR_TEST_EMAIL", "admin@example.com")
HEADER = (
    f"{'what':<16}{'clients':>7}{'ours/s':>10}{'p95 ms':>9}{'each time':>10}{'p95 ms':>9}{'Saleor/s':>10}{'p95 ms':>9}"
    f"{'times':>7}{'times':>7}"
)
PASSWORD = os.environ.get("SALEOR_TEST_PASSWORD", "admin")
PERMISSIONS = ["MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_CHECKOUTS", "HANDLE_PAYMENTS", "HANDLE_CHECKOUTS"]


def main() -> int:
    saleor = os.environ["SALEOR_TEST_URL"].removesuffix("/graphql/")
    environment = {"WEB_WORKERS": "2"}
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
    print(f"{describe()}; 2 web workers each\n")
    with (
        processes.run_shop(8191, **environment) as shop,
        processes.run_second_web_server(shop, 8192, RESPONSE_CACHE_BYTES="0") as uncached_url,
    ):
        restock(shop)
        saleor_token = create_app_token(saleor)
        restock_through_api(saleor, saleor_token)
        token = app_token(shop)
        cached, uncached, saleor_cases = (
            cases(url, token_)
            for url, token_ in ((shop.url, token), (uncached_url, token), (saleor, saleor_token))
        )
        print(HEADER)
        for name in cached:
            for clients in CLIENTS:
                results = [measure(name, case[name], clients) for case in (cached, uncached, saleor_cases)]
                print(format_row(*results), flush=True)
    return 0


def cases(url: str, token: str) -> dict[str, Case]:
    page = {"channel": CHANNEL, "first": 20}
    slug = {"slug": "silicone-palm-cup", "channel": CHANNEL}
    return {
        "list of 20": graphql.read_case(url, "plp", page),
        "product page": graphql.read_case(url, "pdp", slug),
        "search": graphql.read_case(url, "search", {"q": "silicone", "channel": CHANNEL}),
        "paid checkout": graphql.checkout_case(url, CHANNEL, variant_ids(url, CHANNEL), token),
    }


def measure(name: str, case: Case, clients: int) -> Result:
    run_load(name, case, clients=1, seconds=1)
    result = run_load(name, case, clients=clients, seconds=SECONDS)
    if result.failures:
        print(f"    {len(result.failures)} failures, such as {result.failures[0]}")
    return result


def format_row(cached: Result, uncached: Result, saleor: Result) -> str:
    figures = "".join(
        f"{result.rate:>10.1f}{result.quantile(0.95):>9.1f}" for result in (cached, uncached, saleor)
    )
    ratios = "".join(f"{result.rate / (saleor.rate or 1):>7.1f}" for result in (cached, uncached))
    return f"{cached.name:<16}{cached.clients:>7}{figures}{ratios}"


def create_app_token(url: str) -> str:
    client = graphql.Client(url)
    login = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{code}}}"
    staff = client.execute(login, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]["token"]
    payload: Any = graphql.Client(url, token=staff).execute(
        "mutation($i:AppInput!){appCreate(input:$i){authToken errors{field code}}}",
        {"i": {"name": "Bench", "permissions": PERMISSIONS}},
    )
    return str(payload["appCreate"]["authToken"])


def restock_through_api(url: str, token: str) -> None:
    client = graphql.Client(url, token=token)
    for variant in variant_ids(url, CHANNEL):
        results = client.execute(
            "query($id:ID!){productVariant(id:$id){stocks{warehouse{id}}}}", {"id": variant}
        )
        stocks = [
            {"warehouse": stock["warehouse"]["id"], "quantity": 1_000_000}
            for stock in results["productVariant"]["stocks"]
        ]
        client.execute(
            "mutation($v:ID!,$s:[StockInput!]!){productVariantStocksUpdate(variantId:$v,stocks:$s){errors{field code}}}",
            {"v": variant, "s": stocks},
        )


if __name__ == "__main__":
    raise SystemExit(main())
