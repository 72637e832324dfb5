"""Ours beside a real Saleor: the same documents, the same catalogue, the same machine, alternating.

    SALEOR_TEST_URL=http://127.0.0.1:8120 DATABASE_URL=postgres://… python -m bench.beside_saleor

"Each time": ours with nothing kept (`KEPT_ANSWERS_BYTES=0`), so that every answer is worked out.
Both shops hold our catalogue (seed the real one with SALEOR_API_URL and `manage.py seed`). Stock there is raised
through its API first, so that a run measures selling and not running out.
"""

import os
from typing import Any

from bench import graphql, processes
from bench.__main__ import CLIENTS, SECONDS, Case, restock, token_of, variants_of
from bench.load import Result, run
from bench.machine import describe

CHANNEL = "default-channel"
EMAIL = os.environ.get("SALEOR_TEST_EMAIL", "admin@example.com")
HEAD = (
    f"{'what':<16}{'clients':>7}{'ours/s':>10}{'p95 ms':>9}{'each time':>10}{'p95 ms':>9}{'Saleor/s':>10}{'p95 ms':>9}"
    f"{'times':>7}{'times':>7}"
)
PASSWORD = os.environ.get("SALEOR_TEST_PASSWORD", "admin")
RIGHTS = ["MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_CHECKOUTS", "HANDLE_PAYMENTS", "HANDLE_CHECKOUTS"]


def main() -> int:
    saleor = os.environ["SALEOR_TEST_URL"].removesuffix("/graphql/")
    environment = {"WEB_WORKERS": "2"}
    if "DATABASE_URL" in os.environ:
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
    print(f"{describe()}; 2 web workers each\n")
    with (
        processes.shop(8191, **environment) as shop,
        processes.web_beside(shop, 8192, KEPT_ANSWERS_BYTES="0") as forgetful,
    ):
        restock(shop)
        theirs = app_token(saleor)
        fill(saleor, theirs)
        token = token_of(shop)
        ours, each_time, their = (
            cases(url, one) for url, one in ((shop.url, token), (forgetful, token), (saleor, theirs))
        )
        print(HEAD)
        for name in ours:
            for clients in CLIENTS:
                found = [measured(name, case[name], clients) for case in (ours, each_time, their)]
                print(row(*found), flush=True)
    return 0


def cases(url: str, token: str) -> dict[str, Case]:
    page = {"channel": CHANNEL, "first": 20}
    one = {"slug": "silicone-palm-cup", "channel": CHANNEL}
    return {
        "list of 20": graphql.read_case(url, "plp", page),
        "product page": graphql.read_case(url, "pdp", one),
        "search": graphql.read_case(url, "search", {"q": "silicone", "channel": CHANNEL}),
        "paid checkout": graphql.checkout_case(url, CHANNEL, variants_of(url, CHANNEL), token),
    }


def measured(name: str, case: Case, clients: int) -> Result:
    run(name, case, clients=1, seconds=1)
    result = run(name, case, clients=clients, seconds=SECONDS)
    if result.failures:
        print(f"    {len(result.failures)} failures, such as {result.failures[0]}")
    return result


def row(ours: Result, each_time: Result, saleors: Result) -> str:
    figures = "".join(f"{one.rate:>10.1f}{one.quantile(0.95):>9.1f}" for one in (ours, each_time, saleors))
    ratios = "".join(f"{one.rate / (saleors.rate or 1):>7.1f}" for one in (ours, each_time))
    return f"{ours.name:<16}{ours.clients:>7}{figures}{ratios}"


def app_token(url: str) -> str:
    client = graphql.Client(url)
    login = "mutation($e:String!,$p:String!){tokenCreate(email:$e,password:$p){token errors{code}}}"
    staff = client.ask(login, {"e": EMAIL, "p": PASSWORD})["tokenCreate"]["token"]
    made: Any = graphql.Client(url, token=staff).ask(
        "mutation($i:AppInput!){appCreate(input:$i){authToken errors{field code}}}",
        {"i": {"name": "Bench", "permissions": RIGHTS}},
    )
    return str(made["appCreate"]["authToken"])


def fill(url: str, token: str) -> None:
    client = graphql.Client(url, token=token)
    for variant in variants_of(url, CHANNEL):
        found = client.ask("query($id:ID!){productVariant(id:$id){stocks{warehouse{id}}}}", {"id": variant})
        stocks = [
            {"warehouse": s["warehouse"]["id"], "quantity": 1_000_000}
            for s in found["productVariant"]["stocks"]
        ]
        client.ask(
            "mutation($v:ID!,$s:[StockInput!]!){productVariantStocksUpdate(variantId:$v,stocks:$s){errors{field code}}}",
            {"v": variant, "s": stocks},
        )


if __name__ == "__main__":
    raise SystemExit(main())
