"""One test's way through the shop with a real Saleor behind it: at the Saleor of SALEOR_RECORD_URL, or replayed."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client as Browser

from store.mailer.views import webhook
from store.saleor import clients
from store.saleor.last_known import LastKnown
from store.saleor.transports import HttpTransport
from store.storefront import channels, footer_menu, related_products
from tests import loopback_server
from tests.journeys import real_saleor
from tests.journeys.real_saleor import RealSaleor
from tests.journeys.running_shops import wait_for
from tests.saleor import exchanges
from tests.saleor.exchanges import API_URL, ORIGIN, Event, Recording

RECORD_URL = os.environ.get("SALEOR_RECORD_URL", "")
SHOP = "https://cupwell.example"
FORMER = "https://former.example"  # where a webhook led to before the shop has put it right
SALEOR_SECONDS = 300  # until its worker has told of an event
_SENT_WITH_EVENTS = ("saleor-event", "saleor-signature", "content-type")


@dataclass
class Journey:
    """`real`: the Saleor, at the recording only."""

    recording: Recording
    real: RealSaleor | None
    browser: Browser = field(default_factory=Browser)

    def at_saleor(self, name: str, act: Callable[[RealSaleor], Any]) -> Any:
        """What somebody else does or learns there, which is no request of ours. Returns what JSON can hold."""
        if self.real:
            self.recording.values[name] = act(self.real)
        return self.recording.values[name]

    def get(self, path: str) -> str:
        """A page's text. What pages ask for behind them has come when this returns."""
        page = self.browser.get(path)
        related_products._last_known.wait()
        footer_menu._last_known.wait()
        assert page.status_code == 200, (path, page.status_code)
        return str(page.text)

    def post(self, path: str, form: dict[str, Any]) -> str:
        """Send a form that is taken; returns where it leads."""
        answer = self.browser.post(path, form)
        assert answer.status_code == 303, (path, answer.status_code)
        return str(answer["Location"])

    def events(self, kind: str) -> list[Event]:
        """The webhooks of one kind that Saleor has sent, at least one."""
        if self.real:
            wait_for(lambda: self._events(kind), SALEOR_SECONDS, f"Saleor to tell of {kind}")
        return self._events(kind)

    def _events(self, kind: str) -> list[Event]:
        return [one for one in list(self.recording.events) if one.headers["saleor-event"] == kind]

    def tell(self, event: Event, *, body: str | None = None) -> HttpResponse:
        """Hand a webhook to the shop as it came, or with another body."""
        answer: Any = self.browser.post(
            "/hooks/saleor/",
            (event.body if body is None else body).encode(),
            content_type="application/json",
            headers={"Saleor-Signature": event.headers["saleor-signature"]},
        )
        return answer  # type: ignore[no-any-return]


@contextmanager
def begun(name: str, settings: Any, *, has_passed: Callable[[], bool]) -> Iterator[Journey]:
    with ExitStack() as stack:
        stack.enter_context(_shop_of_a_real_saleor(settings))
        way = _recorded(name, settings, has_passed) if RECORD_URL else _replayed(name, has_passed)
        yield stack.enter_context(way)


@contextmanager
def _replayed(name: str, has_passed: Callable[[], bool]) -> Iterator[Journey]:
    recording = exchanges.load(name)
    with time_machine.travel(recording.moment, tick=True), exchanges.replayed(recording, has_passed):
        clients.connect(HttpTransport(API_URL), staff_token=recording.values["token"])
        yield Journey(recording, None)


@contextmanager
def _recorded(name: str, settings: Any, has_passed: Callable[[], bool]) -> Iterator[Journey]:
    with ExitStack() as stack:
        recording = Recording("", exchanges.now_text())
        receiver = stack.enter_context(_receiver(recording))
        real = stack.enter_context(real_saleor.connected(settings, receiver))
        settings.PUBLIC_URL = SHOP
        stack.enter_context(real_saleor.payment_app())
        recording.values["token"] = clients.staff().token
        recording.saleor = real.api.execute("{shop{version}}", token=real.staff)["shop"]["version"]
        journey = Journey(recording, real)
        with exchanges.recorded(recording):
            yield journey
        if has_passed():
            parts = urlsplit(RECORD_URL)
            recording.save(
                name, written_instead={f"{parts.scheme}://{parts.netloc}": ORIGIN, receiver: FORMER}
            )


@contextmanager
def _shop_of_a_real_saleor(settings: Any) -> Iterator[None]:
    """This process as a shop that has just started and asks for everything anew."""
    settings.EMBEDDED, settings.SALEOR_API_URL, settings.PUBLIC_URL = False, RECORD_URL or API_URL, SHOP
    settings.SHOP_ID, settings.EMAIL_URL, settings.DUMMY_PAYMENTS = urlsplit(ORIGIN).netloc, "", True
    settings.SALEOR_JWKS_URL = ""
    webhook._keys.cache_clear()
    before, known = dict(clients._clients), list(channels._known)
    with pytest.MonkeyPatch.context() as patch:
        empty = related_products.RelatedProducts()
        patch.setattr(related_products, "_last_known", LastKnown(empty=empty, seconds=3600.0))
        patch.setattr(footer_menu, "_last_known", LastKnown(empty=(), seconds=3600.0))
        try:
            yield
        finally:
            channels._known[:] = known
            clients._clients.clear()
            clients._clients.update(before)
            webhook._keys.cache_clear()


def _receiver(recording: Recording) -> AbstractContextManager[str]:
    """Takes Saleor's events, as the shop would."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            kept = {name: headers[name] for name in _SENT_WITH_EVENTS if name in headers}
            recording.events.append(Event(kept, body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None: ...

    return loopback_server.serving(Receiver)
