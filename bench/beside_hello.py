"""Pages beside a bare Django "hello" of the same size on the same server, one after the other in one run.

The ratio is that of the server's CPU time per request, which the load generator and other programs on the machine do
not change; requests per second are printed as well.
"""

from bench import pages, processes
from bench.load import HttpClient, Result, run_load

PATHS = {
    "home": "/",
    "list": "/products/",
    "product": "/products/silicone-starter-set/",
    "guide": "/guides/first-session/",
    "insert": "/inserts/silicone-cups/",
}
BROWSER = {"Accept-Encoding": "gzip"}
CLIENTS = 8


def print_table(shop: processes.RunningShop, port: int, seconds: float) -> None:
    """Each page without a cart, with a cart, and as 304 for a browser that has it."""
    print(f"\npages beside a bare Django hello of the same size, {CLIENTS} clients, gzip")
    print(f"{'page':<22}{'bytes':>8}{'per s':>9}{'hello/s':>9}{'CPU ms':>9}{'hello':>9}{'ratio':>8}")
    cart = _cart(shop.url)
    for name, path in PATHS.items():
        status, body, headers = HttpClient(shop.url).send("GET", path, headers=BROWSER)
        assert status == 200, (path, status)
        with processes.run_hello(port, len(body)) as (url, pid):
            hello = _measure("hello", url, pid, "/", BROWSER, seconds)
        known = {**BROWSER, "If-None-Match": headers["etag"]}
        cases = {name: BROWSER, f"{name}, with cart": {**BROWSER, "Cookie": cart}, f"{name}, 304": known}
        for case, sent in cases.items():
            _print(_measure(case, shop.url, shop.pid, path, sent, seconds), hello, len(body))


def _cart(url: str) -> str:
    """The cookie of a shopper with one set in the cart, whose message was shown."""
    shopper = HttpClient(url)
    pages.add_to_cart(shopper, "silicone-palm-cup")
    shopper.send("GET", "/cart/")
    return "; ".join(f"{k}={v}" for k, v in shopper.cookies.items() if k.startswith("cart-"))


def _measure(name: str, url: str, pid: int, path: str, headers: dict[str, str], seconds: float) -> Result:
    case = pages.page_case(url, path, headers)
    run_load(name, case, clients=CLIENTS, seconds=1)  # warm-up
    before = processes.cpu_seconds(pid)
    result = run_load(name, case, clients=CLIENTS, seconds=seconds, max_requests=1_000_000)
    result.cpu_ms = (processes.cpu_seconds(pid) - before) / max(1, len(result.times)) * 1000
    return result


def _print(page: Result, hello: Result, size: int) -> None:
    ratio = hello.cpu_ms / page.cpu_ms if page.cpu_ms else float("nan")
    print(
        f"{page.name:<22}{size:>8}{page.rate:>9.0f}{hello.rate:>9.0f}{page.cpu_ms:>9.3f}{hello.cpu_ms:>9.3f}{ratio:>8.0%}",
        flush=True,
    )
