"""A shop with one order, a mailbox in a temporary folder, and nudges that are counted, not sent."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from store.mailer import enqueue, sweep
from store.mailer.models import MailPlan
from store.saleor import clients
from tests.mailer.saleor_double import SaleorDouble, fulfillment, gid, order

ORDER = gid("Order", "2e5c9f08-a979-4bdc-ac09-6c3aee5b51fa")
SHIPMENT = gid("Fulfillment", 11)


class Post:
    """The development mailbox, read back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def letters(self) -> list[EmailMessage]:
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths]

    def subjects(self) -> list[str]:
        return [str(one["Subject"]) for one in self.letters()]

    def one(self, words: str) -> EmailMessage:
        (found,) = [one for one in self.letters() if words in str(one["Subject"])]
        return found


@pytest.fixture
def saleor() -> Iterator[SaleorDouble]:
    """The order 22, paid, not shipped yet."""
    before = dict(clients._clients)
    double = SaleorDouble()
    double.orders[ORDER] = order(ORDER)
    clients.connect(double, staff_token="app-token")
    yield double
    clients._clients.clear()
    clients._clients.update(before)


@pytest.fixture
def post(settings: Any, tmp_path: Path) -> Post:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PUBLIC_URL = "https://cupwell.example"
    settings.MAIL_HOWTO_DELAY_SECONDS = 4 * 3600
    return Post(settings.MAIL_DIR)


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sweep ends when nothing is due, however long the first PDFs take on a busy machine."""
    monkeypatch.setitem(sweep.sweep.__kwdefaults__, "seconds", 300.0)


@pytest.fixture(autouse=True)
def nudged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Row ids that workers were told of."""
    told: list[int] = []
    monkeypatch.setattr(enqueue, "nudge", lambda *, plan_id, queue: told.append(plan_id))
    return told


def ship(double: SaleorDouble, **changes: Any) -> dict[str, Any]:
    """The merchant sends it all in one parcel; gives the shipment."""
    one = fulfillment(SHIPMENT, **changes)
    double.orders[ORDER] |= {"status": "FULFILLED", "fulfillments": [one]}
    return one


def states() -> dict[str, str]:
    """Kind (and material) of each plan, with its state."""
    return {
        f"{plan.kind} {plan.about}".strip() if plan.kind == "how-to" else plan.kind: plan.state
        for plan in MailPlan.objects.order_by("id")
    }
