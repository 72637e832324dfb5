import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest
import time_machine

from store.engine.events import checked_requests, signing_keys, tasks, webhook_deliveries
from store.engine.events.models import EventDelivery
from store.saleor import signature
from tests.engine.events.conftest import create_webhook, record_order_event

pytestmark = pytest.mark.django_db(transaction=True)
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def delivered():
    record_order_event()
    tasks.deliver()
    return EventDelivery.objects.get()


def test_a_webhook_gets_the_event_selection_and_saleors_headers(receiver, settings):
    settings.PUBLIC_URL = "https://cupwell.example"
    create_webhook(receiver.url, custom_headers={"X-Route": "mail"})
    delivery = delivered()
    [(path, headers, body)] = receiver.requests
    assert (path, json.loads(body), delivery.status) == (
        "/hook",
        {"type": "ORDER_PAID", "pk": "17"},
        "success",
    )
    assert headers["Saleor-Event"] == headers["X-Saleor-Event"] == "order_paid"
    assert headers["Saleor-Domain"] == "cupwell.example"
    assert headers["Saleor-Api-Url"] == "https://cupwell.example/graphql/"
    assert headers["x-route"] == "mail"
    assert headers["X-Cupwell-Delivery"] == str(delivery.number)


def test_our_own_verifier_believes_our_signature(receiver):
    create_webhook(receiver.url)
    delivered()
    [(_, headers, body)] = receiver.requests
    keys = signature.JwksCache(signing_keys.jwks)
    signature.verify(body=body, signature=headers["Saleor-Signature"], keys=keys)
    with pytest.raises(signature.InvalidSignature):
        signature.verify(body=body + b" ", signature=headers["Saleor-Signature"], keys=keys)


def test_a_webhook_with_a_secret_gets_an_hmac(receiver):
    create_webhook(receiver.url, secret_key="s3cret")
    delivered()
    [(_, headers, body)] = receiver.requests
    assert headers["Saleor-Signature"] == hmac.new(b"s3cret", body, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("code", [301, 400, 404, 410])
def test_a_redirect_or_a_client_error_is_final(receiver, code):
    receiver.answers = [(code, {"Location": receiver.url})]
    create_webhook(receiver.url)
    assert delivered().status == "failed"
    assert len(receiver.requests) == 1
    assert EventDelivery.objects.get().attempts.get().response_status_code == code


def test_after_a_server_error_the_same_body_is_sent_again(receiver):
    receiver.answers = [(503, {})]
    create_webhook(receiver.url)
    with time_machine.travel(NOON, tick=False) as clock:
        delivery = delivered()
        assert delivery.status == "pending"
        clock.move_to(delivery.next_attempt_at)
        tasks.sweep()
    first, second = receiver.requests
    assert first[2] == second[2]
    assert first[1]["X-Cupwell-Delivery"] == second[1]["X-Cupwell-Delivery"]
    assert EventDelivery.objects.get().status == "success"


def test_after_five_retries_it_is_given_up(receiver):
    receiver.answers = [(500, {})] * 9
    create_webhook(receiver.url)
    with time_machine.travel(NOON, tick=False) as clock:
        record_order_event()
        for _ in range(9):
            tasks.sweep()
            clock.move_to(EventDelivery.objects.get().next_attempt_at)
    assert (len(receiver.requests), EventDelivery.objects.get().status) == (6, "failed")


def test_a_person_can_have_it_sent_once_more(receiver):
    receiver.answers = [(404, {})]
    create_webhook(receiver.url)
    webhook_deliveries.retry(delivered())
    tasks.deliver()
    assert (len(receiver.requests), EventDelivery.objects.get().status) == (2, "success")


def test_local_and_private_addresses_are_never_called(receiver, settings):
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = False
    create_webhook(receiver.url)
    delivery = delivered()
    assert receiver.requests == []
    assert (delivery.status, delivery.attempts.get().response) == ("pending", "Invalid IP address")


PRIVATE = ["10.0.0.8", "169.254.169.254", "[::1]", "192.168.1.1", "0.0.0.0", "[::ffff:10.0.0.1]"]


@pytest.mark.parametrize("host", PRIVATE)
def test_private_addresses_are_refused(host):
    import httpx2

    from store.engine.events import url_validation

    with pytest.raises(url_validation.ForbiddenAddress):
        url_validation.resolve(httpx2.URL(f"http://{host}/"))


def test_an_endless_response_is_cut_off_and_retried(receiver, monkeypatch):
    monkeypatch.setattr(checked_requests, "MAX_RESPONSE_BYTES", 3)
    create_webhook(receiver.url)
    delivery = delivered()
    assert (delivery.status, delivery.attempts.get().response) == (
        "pending",
        "the answer is larger than 3 bytes",
    )


def test_a_slow_response_ends_at_the_deadline(receiver, monkeypatch):
    monkeypatch.setattr(checked_requests, "DEADLINE", -1.0)
    create_webhook(receiver.url)
    assert delivered().attempts.get().response.startswith("the answer took longer")


def test_a_closed_port_is_retried(receiver):
    receiver.server.server_close()
    create_webhook(receiver.url)
    delivery = delivered()
    assert (delivery.status, delivery.attempts.get().response_status_code) == ("pending", None)
