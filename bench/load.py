"""A load generator: threads with keep-alive connections, limited in requests and time, loopback addresses only."""

import http.client
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(slots=True)
class Result:
    """The measurements of a run; `times` in seconds."""

    name: str
    clients: int
    seconds: float = 0.0
    times: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    cpu_ms: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0

    def quantile(self, share: float) -> float:
        """Milliseconds at this share of the sorted times."""
        ordered = sorted(self.times)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000 if ordered else float("nan")


class HttpClient:
    """An HTTP client with one keep-alive connection and its cookies; raises ValueError for hosts other than this machine."""

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        if parts.hostname not in LOOPBACK:
            raise ValueError(f"load goes to this machine only, not to {parts.hostname}")
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port or 80, timeout=30)
        self.cookies: dict[str, str] = {}
        self.origin = f"{parts.scheme}://{parts.netloc}"  # which a browser sends with each form

    def send(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> tuple[int, bytes, dict[str, str]]:
        all_headers = {"Origin": self.origin, **(headers or {})}
        if self.cookies:
            all_headers["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        self.connection.request(method, path, body, all_headers)
        response = self.connection.getresponse()
        content = response.read()
        for line in response.headers.get_all("Set-Cookie") or []:
            name, _, value = line.split(";", 1)[0].partition("=")
            self.cookies[name] = value
        return response.status, content, {k.lower(): v for k, v in response.headers.items()}


def run_load(
    name: str,
    make_action: Callable[[], Callable[[], None]],
    *,
    clients: int,
    seconds: float,
    max_requests: int = 20_000,
) -> Result:
    """Repeat an action in `clients` threads for `seconds`, at most `max_requests` times in all.

    `make_action` is called once per thread, so that each has its own connection. Failures are counted, not raised.
    """
    result = Result(name, clients)
    lock = threading.Lock()
    start_barrier = threading.Barrier(clients + 1)
    deadline = [0.0]

    def client() -> None:
        action = make_action()
        start_barrier.wait()
        while time.perf_counter() < deadline[0] and len(result.times) < max_requests:
            started = time.perf_counter()
            try:
                action()
            except Exception as error:
                with lock:
                    result.failures.append(f"{type(error).__name__}: {error}"[:200])
                if len(result.failures) > 50:
                    return
                continue
            elapsed = time.perf_counter() - started
            with lock:
                result.times.append(elapsed)

    threads = [threading.Thread(target=client, daemon=True) for _ in range(clients)]
    for thread in threads:
        thread.start()
    deadline[0] = time.perf_counter() + 10_000
    start_barrier.wait()
    started = time.perf_counter()
    deadline[0] = started + seconds
    for thread in threads:
        thread.join()
    result.seconds = time.perf_counter() - started
    return result
