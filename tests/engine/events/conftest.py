"""Fixtures for events: the renderer returns a plain dict instead of running the document against the schema."""

from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from store.engine import ports
from store.engine.events import listeners, record_event, tasks, webhook_deliveries
from store.engine.events.models import App, Event, Webhook, WebhookEvent

DOCUMENT = "subscription { event { __typename ... on OrderPaid { order { id } } } }"


@pytest.fixture(autouse=True)
def plain_renderer(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(document: str, event: Event) -> dict[str, Any]:
        return {"type": event.type, "pk": event.object_pk}

    monkeypatch.setattr(ports, "_connected", replace(ports.connected(), render_subscription=render))


@pytest.fixture(autouse=True)
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages that would have gone to the queue."""
    sent: list[str] = []
    monkeypatch.setattr(tasks, "enqueue_delivery", lambda: sent.append("deliver"))
    monkeypatch.setattr(
        tasks, "post", SimpleNamespace(apply_async=lambda pks, **_: webhook_deliveries.attempt(*pks))
    )
    return sent


@pytest.fixture
def received() -> Iterator[list[dict[str, Any]]]:
    payloads: list[dict[str, Any]] = []
    listeners.register("test", DOCUMENT, payloads.append)
    yield payloads
    listeners.unregister("test")


@pytest.fixture(autouse=True)
def no_other_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listeners, "_listeners", {})


def record_order_event(event_type: str = "ORDER_PAID", pk: int = 17) -> None:
    with transaction.atomic():
        record_event(event_type, kind="Order", pk=pk)


class Receiver:
    """A real HTTP server that stores the requests it gets and responds with `answers`, else 200."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str], bytes]] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.requests.append((self.path, dict(self.headers.items()), body))
                status, headers = outer.answers.pop(0) if outer.answers else (200, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(b"noted")

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = True
    server = Receiver()
    yield server
    server.server.shutdown()
    server.server.server_close()


def create_webhook(url: str, *, permissions: tuple[str, ...] = ("MANAGE_ORDERS",), **more: Any) -> Webhook:
    app = App.objects.create(name="Mailer", permissions=list(permissions))
    webhook = Webhook.objects.create(app=app, target_url=url, subscription_query=DOCUMENT, **more)
    WebhookEvent.objects.create(webhook=webhook, event_type="ORDER_PAID")
    return webhook
