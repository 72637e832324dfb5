"""POST /hooks/saleor/: signature verified, event stored, then answered."""

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from store.mailer.models import MailPlan, OrderEvent
from store.mailer.views import webhook
from tests.mailer.conftest import ORDER
from tests.mailer.saleor_double import SaleorDouble, event
from tests.mailer.signing_keys import Signer

pytestmark = pytest.mark.django_db
URL = "/hooks/saleor/"


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


@pytest.fixture(autouse=True)
def shop_keys(signer: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = signer.keys()
    monkeypatch.setattr(webhook, "_keys", lambda url: keys)


def post_event(signer: Signer, payload: Any, **headers: str) -> Any:
    body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
    sent = {"Saleor-Signature": signer.sign(body), "Saleor-Event": "order_fully_paid"} | headers
    return Client().post(URL, body, content_type="application/json", headers=sent)


def test_a_signed_event_is_stored_and_planned(saleor: SaleorDouble, signer: Signer) -> None:
    answer = post_event(signer, event("OrderFullyPaid", saleor.orders[ORDER]))
    assert (answer.status_code, answer.json()) == (200, {"status": "new"})
    assert (OrderEvent.objects.get().source, MailPlan.objects.count()) == ("webhook", 2)


def test_saleor_may_send_it_again(saleor: SaleorDouble, signer: Signer) -> None:
    payload = event("OrderFullyPaid", saleor.orders[ORDER])
    answers = [post_event(signer, payload) for _ in range(3)]
    assert [answer.json()["status"] for answer in answers] == ["new", "seen", "seen"]
    assert MailPlan.objects.count() == 2


@pytest.mark.parametrize("given", ["", "eyJhbGciOiJSUzI1NiJ9..Zm9yZ2Vk", "0" * 64])
def test_a_forged_webhook_is_refused_and_nothing_is_stored(
    saleor: SaleorDouble, signer: Signer, given: str
) -> None:
    answer = post_event(signer, event("OrderFullyPaid", saleor.orders[ORDER]), **{"Saleor-Signature": given})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "INVALID_SIGNATURE")
    assert OrderEvent.objects.count() == MailPlan.objects.count() == 0


def test_an_event_that_nobody_listens_to_is_accepted_and_dropped(signer: Signer) -> None:
    answer = post_event(signer, {"__typename": "ProductUpdated", "product": {"id": "x"}})
    assert (answer.status_code, answer.json()) == (202, {"status": "ignored"})


@pytest.mark.parametrize(
    "payload", [b"no json", [{"legacy": 1}], {"order": {}}, {"__typename": "OrderPaid", "order": {"id": "x"}}]
)
def test_a_malformed_event_is_named_and_not_stored(signer: Signer, payload: Any) -> None:
    answer = post_event(signer, payload)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "MALFORMED")
    assert OrderEvent.objects.count() == 0


def test_a_huge_body_is_refused_before_it_is_read(signer: Signer) -> None:
    answer = post_event(signer, b"x" * (webhook.MAX_BODY + 1))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "TOO_LARGE")


def test_only_post_is_answered() -> None:
    assert Client().get(URL).status_code == 405


def test_without_a_shop_to_trust_nothing_is_accepted(
    saleor: SaleorDouble, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook, "_keys", lambda url: None)
    assert post_event(signer, event("OrderFullyPaid", saleor.orders[ORDER])).status_code == 401


def test_a_key_that_is_not_published_yet_is_asked_for_later(saleor: SaleorDouble, signer: Signer) -> None:
    body = json.dumps(event("OrderFullyPaid", saleor.orders[ORDER])).encode()
    answer = post_event(signer, body, **{"Saleor-Signature": Signer("next").sign(body)})
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "KEYS_UNAVAILABLE")
    assert answer["Retry-After"] == "30"
    assert OrderEvent.objects.count() == 0


def test_an_event_that_the_database_does_not_take_is_asked_for_again(
    saleor: SaleorDouble, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(webhook, "receive", busy)
    answer = post_event(signer, event("OrderFullyPaid", saleor.orders[ORDER]))
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "NOT_STORED")


def test_a_webhook_over_http_is_not_redirected(saleor: SaleorDouble, signer: Signer, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    answer = post_event(signer, event("OrderFullyPaid", saleor.orders[ORDER]))
    assert answer.status_code == 200
