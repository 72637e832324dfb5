"""Fixtures: a Saleor double with one order, a mailbox in a temporary folder, and recorded instead of sent Celery messages."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from store.mailer import enqueue, heartbeats, sweep
from store.mailer.models import MailPlan
from store.saleor import clients
from tests.mailer.saleor_double import SaleorDouble, fulfillment, gid, order

ORDER = gid("Order", "2e5c9f08-a979-4bdc-ac09-6c3aee5b51fa")
SHIPMENT = gid("Fulfillment", 11)


class Mailbox:
    """The development mailbox, read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def messages(self) -> list[EmailMessage]:
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.messages()]

    def find(self, words: str) -> EmailMessage:
        """The only mail with these words in its subject."""
        (found,) = [message for message in self.messages() if words in str(message["Subject"])]
        return found


@pytest.fixture
def merchant(client: Client) -> Client:
    user = get_user_model()(email="merchant@example.com", is_staff=True, is_superuser=True)
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    return client


@pytest.fixture
def saleor() -> Iterator[SaleorDouble]:
    """Saleor with order 22: paid, not shipped."""
    before = dict(clients._clients)
    double = SaleorDouble()
    double.orders[ORDER] = order(ORDER)
    clients.connect(double, staff_token="app-token")
    yield double
    clients._clients.clear()
    clients._clients.update(before)


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Mailbox:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PUBLIC_URL = "https://cupwell.example"
    settings.MAIL_HOWTO_DELAY_SECONDS = 4 * 3600
    return Mailbox(settings.MAIL_DIR)


@pytest.fixture(autouse=True)
def no_sweep_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep runs until nothing is due, however long the first PDFs take on a busy machine."""
    monkeypatch.setitem(sweep.sweep.__kwdefaults__, "seconds", 300.0)


@pytest.fixture(autouse=True)
def no_heartbeat_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process that has just started."""
    monkeypatch.setattr(heartbeats, "_recorded_at", {})


@pytest.fixture(autouse=True)
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids of the mails that were enqueued."""
    plan_ids: list[int] = []
    monkeypatch.setattr(enqueue, "enqueue_send", lambda *, plan_id, queue: plan_ids.append(plan_id))
    return plan_ids


def ship_order(double: SaleorDouble, **changes: Any) -> dict[str, Any]:
    """The merchant ships everything in one fulfillment, which is returned."""
    shipped = fulfillment(SHIPMENT, **changes)
    double.orders[ORDER] |= {"status": "FULFILLED", "fulfillments": [shipped]}
    return shipped


LATER_KINDS = ("area", "care", "check-in")


def states(*, later: bool = False) -> dict[str, str]:
    """Kind (and insert) of each plan, with its state; the mails of later days and weeks only with `later`."""
    return {
        f"{plan.kind} {plan.about}".strip() if plan.kind == "how-to" else plan.kind: plan.state
        for plan in MailPlan.objects.exclude(kind__in=() if later else LATER_KINDS).order_by("id")
    }
