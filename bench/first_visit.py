"""`python -m bench.first_visit [ADDRESS]`: what a first visit costs on a slow phone, page by page, in Chromium.

The emulation is that of Lighthouse's mobile profile (412 x 823 at 1.75, 150 ms and 1.6 Mbit/s, processor four times
slower), but applied to the connection itself, not simulated. LCP and FCP in seconds, TBT in milliseconds (what long
tasks take beyond 50), CLS without unit, bytes as transferred. Times depend on what else the machine does; bytes do not.
Without an address it starts a seeded shop of its own.
"""

import sys
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass
from statistics import median
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench import processes
from bench.machine import describe
from tests.browser.install import executable

PATHS = {
    "home": "/",
    "list": "/products/",
    "product": "/products/silicone-starter-set/",
    "guide": "/guides/first-session/",
    "insert": "/inserts/silicone-cups/",
}
RUNS = 3
PHONE = {"width": 412, "height": 823}
MOBILE = {
    "offline": False, "latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 750_000 / 8,
}  # fmt: skip
SLOWDOWN = 4
OBSERVE = """
window.vitals = {lcp: 0, cls: 0, tbt: 0};
const observe = (type, each) => new PerformanceObserver((list) => list.getEntries().forEach(each))
  .observe({type, buffered: true});
observe("largest-contentful-paint", (entry) => { vitals.lcp = entry.startTime; });
observe("layout-shift", (entry) => { if (!entry.hadRecentInput) vitals.cls += entry.value; });
observe("longtask", (entry) => { vitals.tbt += Math.max(0, entry.duration - 50); });
"""
READ = (
    """() => ({...vitals, fcp: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0})"""
)


@dataclass(frozen=True, slots=True)
class Visit:
    """`times`: lcp, fcp and tbt in ms, and cls. `transferred`: bytes by kind of resource, as DevTools names them."""

    times: dict[str, float]
    transferred: Counter[str]
    requests: int

    @property
    def without_pictures(self) -> int:
        return self.transferred.total() - self.transferred["Image"]


def main(address: str = "") -> int:
    print(f"{describe()}\n")
    with processes.run_shop(8192) if not address else nullcontext() as shop:
        url = shop.url if shop else address
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=executable(), args=["--no-sandbox"])
            print(
                f"{'page':<10}{'LCP':>7}{'FCP':>7}{'TBT':>7}{'CLS':>7}{'KiB':>8}{'no pict.':>10}{'requests':>10}"
            )
            for name, path in PATHS.items():
                visit(chromium, url + path)  # thumbnails and pages are made by now
                print(_row(name, [visit(chromium, url + path) for _ in range(RUNS)]), flush=True)
            chromium.close()
    return 0


def visit(chromium: Browser, url: str) -> Visit:
    """With an empty cache."""
    context = chromium.new_context(viewport=PHONE, device_scale_factor=1.75, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    context.add_init_script(OBSERVE)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", MOBILE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})
    kinds: dict[str, str] = {}
    transferred: Counter[str] = Counter()

    def finished(event: dict[str, Any]) -> None:
        transferred[kinds.get(event["requestId"], "Other")] += int(event["encodedDataLength"])

    devtools.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    devtools.on("Network.loadingFinished", finished)
    page.goto(url, wait_until="networkidle", timeout=120_000)
    page.evaluate("document.fonts.ready")
    # The observers are called when the processor has time: a busy machine tells the largest paint later than the network rests.
    page.wait_for_function("vitals.lcp > 0", timeout=60_000)
    times = page.evaluate(READ)
    context.close()
    return Visit(times, transferred, len(kinds))


def _row(name: str, visits: list[Visit]) -> str:
    middle = {key: median(one.times[key] for one in visits) for key in visits[0].times}
    last = visits[-1]
    return (
        f"{name:<10}{middle['lcp'] / 1000:>7.2f}{middle['fcp'] / 1000:>7.2f}{middle['tbt']:>7.0f}{middle['cls']:>7.3f}"
        f"{last.transferred.total() / 1024:>8.1f}{last.without_pictures / 1024:>10.1f}{last.requests:>10}"
    )


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:2]))
