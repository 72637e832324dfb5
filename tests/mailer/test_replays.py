"""Deliveries of Saleor that come again: at each step, in any order, before and after what was stored is forgotten."""

import json
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from store.mailer import retention, sweep
from store.mailer.models import MailPlan, OrderEvent
from store.mailer.views import webhook
from store.saleor.events import EVENT_TYPES
from tests.mailer.conftest import ORDER, SHIPMENT, Mailbox
from tests.mailer.saleor_double import SaleorDouble, account_event, event, fulfillment, gid
from tests.mailer.signing_keys import Signer

pytestmark = pytest.mark.django_db
ACCOUNT_EVENTS = tuple(one for one in EVENT_TYPES if one.startswith(("Account", "Staff")))


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer()


@pytest.fixture
def deliver(signer: Signer, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], str]:
    """Sends a signed body as Saleor does; returns what was answered."""
    keys = signer.keys()
    monkeypatch.setattr(webhook, "_keys", lambda url: keys)

    def send(body: bytes) -> str:
        answer = Client().post(
            "/hooks/saleor/", body, "application/json", headers={"Saleor-Signature": signer.sign(body)}
        )
        assert answer.status_code == 200, answer.text
        return str(answer.json()["status"])

    return send


def deliveries(saleor: SaleorDouble) -> list[bytes]:
    """One of each event, in the order in which an order has them."""
    paid, parcel = saleor.orders[ORDER], fulfillment(SHIPMENT)
    sent = paid | {"status": "FULFILLED", "fulfillments": [parcel]}
    back = sent | {"totalRefunded": {"amount": 10.0}}
    found: list[dict[str, Any]] = [
        *(event(kind, paid) for kind in ("OrderPaid", "OrderFullyPaid")),
        *(event(kind, sent, parcel) for kind in ("FulfillmentCreated", "FulfillmentApproved")),
        event("FulfillmentTrackingNumberUpdated", sent, parcel | {"trackingNumber": "TRK2"}),
        event("FulfillmentMetadataUpdated", sent, parcel | {"deliveredAt": "2026-11-24T10:00:00+00:00"}),
        *(event(kind, back) for kind in ("OrderRefunded", "OrderFullyRefunded")),
        event("OrderCancelled", back | {"status": "CANCELED"}),
        *map(_account_event, ACCOUNT_EVENTS),
        {
            "__typename": "GiftCardSent",
            "issuedAt": "2026-11-21T16:24:40+00:00",
            "giftCard": {"id": gid("GiftCard", 3)},
            "sentToEmail": "ada@example.com",
        },
    ]
    assert sorted(one["__typename"] for one in found) == sorted(EVENT_TYPES)
    return [json.dumps(one).encode() for one in found]


def _account_event(kind: str) -> dict[str, Any]:
    return account_event(kind, newEmail="new@example.com") if "ChangeEmail" in kind else account_event(kind)


def planned() -> set[tuple[str, str]]:
    return set(MailPlan.objects.values_list("plan_key", "state"))


def test_what_comes_again_after_each_step_does_nothing(
    saleor: SaleorDouble, deliver: Callable[[bytes], str]
) -> None:
    sent: list[bytes] = []
    for body in deliveries(saleor):
        assert deliver(body) == "new"
        sent.append(body)
        before = planned()
        assert [deliver(old) for old in sent] == ["seen"] * len(sent)
        assert planned() == before
    assert OrderEvent.objects.count() == len(EVENT_TYPES)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_mail_leaves_twice_in_whatever_order_all_comes_again(
    saleor: SaleorDouble, deliver: Callable[[bytes], str], mailbox: Mailbox, settings: Any, seed: int
) -> None:
    settings.MAIL_RETENTION_DAYS = 100
    bodies = [body for body in deliveries(saleor) if b"GiftCardSent" not in body]
    for body in bodies:
        deliver(body)
    sweep.sweep()
    assert mailbox.subjects()
    with time_machine.travel(timezone.now() + timedelta(days=101), tick=False):
        sweep.sweep()  # what was due meanwhile, and what is too late for a mail
        retention.forget_old()
        before, mails = planned(), sorted(mailbox.subjects())
        Random(seed).shuffle(bodies)
        for body in [*bodies, *bodies]:
            deliver(body)
        sweep.sweep()
    assert (planned(), sorted(mailbox.subjects())) == (before, mails)


def test_a_delivery_of_another_body_or_another_shop_is_refused(
    saleor: SaleorDouble, signer: Signer, deliver: Callable[[bytes], str]
) -> None:
    body, *others = deliveries(saleor)
    taken = {"Saleor-Signature": signer.sign(body)}
    strangers = {"Saleor-Signature": Signer().sign(body)}
    for content, headers in ((others[0], taken), (body + b" ", taken), (body, strangers)):
        answer = Client().post("/hooks/saleor/", content, "application/json", headers=headers)
        assert answer.status_code in (401, 503)
    assert (OrderEvent.objects.count(), MailPlan.objects.count()) == (0, 0)
