"""10. Webhooks: Saleor's headers, a body signed so that anybody can check it, retries, and a log for the merchant."""

import base64
import hashlib
import hmac
import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from tests.contract import checkout_flow
from tests.contract.fixture_data import World

CREATE = "mutation($i:WebhookCreateInput!){webhookCreate(input:$i){webhook{id} errors{field message code}}}"
DELETE = "mutation($id:ID!){webhookDelete(id:$id){webhook{id} errors{field message code}}}"
QUERY = "subscription{event{__typename issuedAt ...on OrderCreated{order{id number userEmail}}}}"
LOG = "query($id:ID!){webhook(id:$id){eventDeliveries(first:1,sortBy:{field:CREATED_AT,direction:DESC}){edges{node{status eventType payload attempts(first:5){edges{node{status responseStatusCode response}}}}}}}}"


class Listener:
    """An app's address on this machine. `calls` are (path, headers, body); `/503` answers 503 and so on."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str], bytes]] = []
        heard = self.calls

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                heard.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(int(self.path.split("/")[1]))
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{path}"

    def heard(self, path: str, times: int = 1) -> list[tuple[dict[str, str], bytes]]:
        return until(
            lambda: found if len(found := [(h, b) for p, h, b in self.calls if p == path]) >= times else []
        )


def until(look: Callable[[], Any], seconds: float = 40) -> Any:
    deadline = time.monotonic() + seconds
    while not (found := look()) and time.monotonic() < deadline:
        time.sleep(0.2)
    return found


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(scope="module")
def hooks(world: World, listener: Listener) -> Iterator[dict[str, Any]]:
    """Four webhooks of one app, then an order: each has been told."""
    given = {
        "/200/jws": {},
        "/200/hmac": {"secretKey": "shared"},
        "/503/later": {},
        "/404/never": {},
    }
    made: dict[str, Any] = {}
    for path, more in given.items():
        wanted = {
            "name": path,
            "targetUrl": listener.url(path),
            "query": QUERY,
            "customHeaders": '{"X-Mine":"yes"}',
            **more,
        }
        made[path] = world.do(CREATE, i=wanted)["webhook"]["id"]
    yield made | {"order": checkout_flow.buy(world, (world.ids["variant"], 1))}
    for webhook in made.values():  # Nobody listens any more; other tests' orders should not wait for it.
        world.do(DELETE, id=webhook)


def test_the_event_alone_is_the_body(hooks: dict[str, Any], listener: Listener) -> None:
    _, body = listener.heard("/200/jws")[0]
    said = json.loads(body)
    issued = said.pop("issuedAt")
    order = hooks["order"]
    assert said == {
        "__typename": "OrderCreated",
        "order": {"id": order["id"], "number": order["number"], "userEmail": "ada@example.com"},
    }
    assert "T" in issued


def test_the_headers_are_saleors(world: World, hooks: dict[str, Any], listener: Listener) -> None:
    headers, body = listener.heard("/200/jws")[0]
    assert (headers["saleor-event"], headers["x-saleor-event"]) == ("order_created", "order_created")
    assert headers["saleor-api-url"] == world.api.url
    assert headers["saleor-domain"] == headers["x-saleor-domain"] == world.api.url.split("/")[2]
    assert headers["saleor-signature"] == headers["x-saleor-signature"]
    assert (headers["content-type"], headers["content-length"], headers["x-mine"]) == (
        "application/json",
        str(len(body)),
        "yes",
    )
    assert headers["user-agent"].startswith("Saleor/")


def unpadded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_body_is_signed_detached_and_the_key_is_public(
    world: World, hooks: dict[str, Any], listener: Listener
) -> None:
    headers, body = listener.heard("/200/jws")[0]
    head, middle, signature = headers["saleor-signature"].split(".")
    said = json.loads(unpadded(head))
    assert (middle, said["alg"], said["b64"], said["crit"]) == ("", "RS256", False, ["b64"])
    with urllib.request.urlopen(world.api.url.replace("/graphql/", "/.well-known/jwks.json")) as answer:
        (key,) = [one for one in json.load(answer)["keys"] if one["kid"] == said["kid"]]
    numbers = (int.from_bytes(unpadded(key[name])) for name in ("e", "n"))
    RSAPublicNumbers(*numbers).public_key().verify(
        unpadded(signature), head.encode() + b"." + body, PKCS1v15(), SHA256()
    )


def test_with_a_secret_the_body_is_signed_by_it(hooks: dict[str, Any], listener: Listener) -> None:
    headers, body = listener.heard("/200/hmac")[0]
    assert headers["saleor-signature"] == hmac.new(b"shared", body, hashlib.sha256).hexdigest()


def delivery(world: World, webhook: str) -> dict[str, Any]:
    found = world.api.ask(LOG, {"id": webhook}, world.app)["webhook"]["eventDeliveries"]["edges"]
    return found[0]["node"] if found else {}


def attempts(world: World, webhook: str) -> list[tuple[str, int]]:
    found = delivery(world, webhook).get("attempts", {"edges": []})["edges"]
    return [(edge["node"]["status"], edge["node"]["responseStatusCode"]) for edge in found]


def test_a_receiver_that_is_down_is_asked_again(
    world: World, hooks: dict[str, Any], listener: Listener
) -> None:
    first, second = listener.heard("/503/later", times=2)[:2]
    assert first[1] == second[1]
    until(lambda: len(attempts(world, hooks["/503/later"])) >= 2)
    assert attempts(world, hooks["/503/later"])[:2] == [("FAILED", 503), ("FAILED", 503)]
    assert delivery(world, hooks["/503/later"])["status"] == "PENDING"


def test_a_receiver_that_refuses_is_not_asked_again(
    world: World, hooks: dict[str, Any], listener: Listener
) -> None:
    listener.heard("/503/later", times=2)
    assert len(listener.heard("/404/never")) == 1
    failed = delivery(world, hooks["/404/never"])
    assert (failed["status"], failed["eventType"], json.loads(failed["payload"])["__typename"]) == (
        "FAILED",
        "ORDER_CREATED",
        "OrderCreated",
    )
    assert attempts(world, hooks["/404/never"]) == [("FAILED", 404)]


def test_what_arrived_is_not_in_the_log_of_what_failed(
    world: World, hooks: dict[str, Any], listener: Listener
) -> None:
    listener.heard("/200/jws")
    query = (
        "query($id:ID!){webhook(id:$id){eventDeliveries(first:1,filter:{status:FAILED}){edges{node{id}}}}}"
    )
    assert (
        world.api.ask(query, {"id": hooks["/200/jws"]}, world.app)["webhook"]["eventDeliveries"]["edges"]
        == []
    )
