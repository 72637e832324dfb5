"""Webhook delivery: Saleor's headers, signatures by JWS and HMAC, retries, and the log of delivery attempts."""

import base64
import hashlib
import hmac
import json
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from tests.contract import checkout_flow
from tests.contract.fixture_data import ShopSetup
from tests.contract.targets import wait_until

CREATE = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id} errors{field message code}}}"
DELETE = "mutation($id:ID!){webhookDelete(id:$id){webhook{id} errors{field message code}}}"
SUBSCRIPTION = "subscription{event{__typename issuedAt ...on OrderCreated{order{id number userEmail}}}}"
DELIVERIES = "query($id:ID!){webhook(id:$id){eventDeliveries(first:1,sortBy:{field:CREATED_AT,direction:DESC}){edges{node{status eventType payload attempts(first:5){edges{node{status responseStatusCode response}}}}}}}}"


class Listener:
    """A local webhook receiver. `calls` are (path, headers, body); the first path segment is the status it responds with.

    `order_id`: the order that the tests are about; orders that the shop completes meanwhile have events, too.
    """

    def __init__(self) -> None:
        self.order_id = ""
        self.calls: list[tuple[str, dict[str, str], bytes]] = []
        received = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(int(self.path.split("/")[1]))
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def received(self, path: str, count: int = 1) -> list[tuple[dict[str, str], bytes]]:
        return wait_until(lambda: found if len(found := self._of_order(path)) >= count else [])

    def _of_order(self, path: str) -> list[tuple[dict[str, str], bytes]]:
        return [(h, b) for p, h, b in self.calls if p == path and self.order_id.encode() in b]


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def webhooks(shop: ShopSetup, listener: Listener) -> Iterator[dict[str, Any]]:
    """Four webhooks of one app by path, and under "order" an order that triggered them."""
    given = {
        "/200/jws": {},
        "/200/hmac": {"secretKey": "shared"},
        "/503/later": {},
        "/404/never": {},
    }
    made: dict[str, Any] = {}
    for path, options in given.items():
        input_data = {
            "name": path,
            "targetUrl": listener.url(path),
            "query": SUBSCRIPTION,
            "customHeaders": '{"X-Mine":"yes"}',
            **options,
        }
        made[path] = shop.mutate(CREATE, i=input_data)["webhook"]["id"]
    order = checkout_flow.buy(shop, (shop.ids["variant"], 1))
    listener.order_id = order["id"]
    yield made | {"order": order}
    for webhook in made.values():  # Orders of other tests should not wait for a receiver that is gone.
        shop.mutate(DELETE, id=webhook)


def test_the_body_is_the_event_payload(webhooks: dict[str, Any], listener: Listener) -> None:
    _, body = listener.received("/200/jws")[0]
    payload = json.loads(body)
    issued = payload.pop("issuedAt")
    order = webhooks["order"]
    assert payload == {
        "__typename": "OrderCreated",
        "order": {"id": order["id"], "number": order["number"], "userEmail": "ada@example.com"},
    }
    assert "T" in issued


def test_the_headers_match_saleors(shop: ShopSetup, webhooks: dict[str, Any], listener: Listener) -> None:
    headers, body = listener.received("/200/jws")[0]
    assert (headers["saleor-event"], headers["x-saleor-event"]) == ("order_created", "order_created")
    assert headers["saleor-api-url"] == shop.api.url
    assert headers["saleor-domain"] == headers["x-saleor-domain"] == shop.api.url.split("/")[2]
    assert headers["saleor-signature"] == headers["x-saleor-signature"]
    assert (headers["content-type"], headers["content-length"], headers["x-mine"]) == (
        "application/json",
        str(len(body)),
        "yes",
    )
    assert headers["user-agent"].startswith("Saleor/")


def decode_base64url(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_body_has_a_detached_jws_by_a_published_key(
    shop: ShopSetup, webhooks: dict[str, Any], listener: Listener
) -> None:
    headers, body = listener.received("/200/jws")[0]
    header_part, middle, signature = headers["saleor-signature"].split(".")
    jws_header = json.loads(decode_base64url(header_part))
    assert (middle, jws_header["alg"], jws_header["b64"], jws_header["crit"]) == ("", "RS256", False, ["b64"])
    with urllib.request.urlopen(shop.api.url.replace("/graphql/", "/.well-known/jwks.json")) as response:
        (key,) = [
            candidate for candidate in json.load(response)["keys"] if candidate["kid"] == jws_header["kid"]
        ]
    numbers = (int.from_bytes(decode_base64url(key[name])) for name in ("e", "n"))
    RSAPublicNumbers(*numbers).public_key().verify(
        decode_base64url(signature), header_part.encode() + b"." + body, PKCS1v15(), SHA256()
    )


def test_with_a_secret_key_the_body_has_an_hmac(webhooks: dict[str, Any], listener: Listener) -> None:
    headers, body = listener.received("/200/hmac")[0]
    assert headers["saleor-signature"] == hmac.new(b"shared", body, hashlib.sha256).hexdigest()


def latest_delivery(shop: ShopSetup, webhook: str) -> dict[str, Any]:
    found = shop.api.execute(DELIVERIES, {"id": webhook}, shop.app_token)["webhook"]["eventDeliveries"][
        "edges"
    ]
    return found[0]["node"] if found else {}


def attempts_of(shop: ShopSetup, webhook: str) -> list[tuple[str, int]]:
    found = latest_delivery(shop, webhook).get("attempts", {"edges": []})["edges"]
    return [(edge["node"]["status"], edge["node"]["responseStatusCode"]) for edge in found]


def test_a_delivery_that_got_a_503_is_retried(
    shop: ShopSetup, webhooks: dict[str, Any], listener: Listener
) -> None:
    first, second = listener.received("/503/later", count=2)[:2]
    assert first[1] == second[1]
    wait_until(lambda: len(attempts_of(shop, webhooks["/503/later"])) >= 2)
    assert attempts_of(shop, webhooks["/503/later"])[:2] == [("FAILED", 503), ("FAILED", 503)]
    assert latest_delivery(shop, webhooks["/503/later"])["status"] == "PENDING"


def test_a_delivery_that_got_a_404_is_not_retried(
    shop: ShopSetup, webhooks: dict[str, Any], listener: Listener
) -> None:
    listener.received("/503/later", count=2)
    assert len(listener.received("/404/never")) == 1
    failed = latest_delivery(shop, webhooks["/404/never"])
    assert (failed["status"], failed["eventType"], json.loads(failed["payload"])["__typename"]) == (
        "FAILED",
        "ORDER_CREATED",
        "OrderCreated",
    )
    assert attempts_of(shop, webhooks["/404/never"]) == [("FAILED", 404)]


def test_a_successful_delivery_is_not_listed_as_failed(
    shop: ShopSetup, webhooks: dict[str, Any], listener: Listener
) -> None:
    listener.received("/200/jws")
    query = (
        "query($id:ID!){webhook(id:$id){eventDeliveries(first:1,filter:{status:FAILED}){edges{node{id}}}}}"
    )
    assert (
        shop.api.execute(query, {"id": webhooks["/200/jws"]}, shop.app_token)["webhook"]["eventDeliveries"][
            "edges"
        ]
        == []
    )
