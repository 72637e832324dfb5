"""Fixtures: the seeded shop, with one variant sold out in both markets, and a mailbox in a folder."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from store.engine.stock.models import Stock
from store.mailer import enqueue
from tests.mailer.conftest import Mailbox

SKU = "SIL-START-TEAL-SOFT"


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    monkeypatch.setattr(enqueue, "send_task", lambda *_, **__: None)
    return Mailbox(settings.MAIL_DIR)


@pytest.fixture
def shopper(seeded_shop: None, mailbox: Mailbox) -> Client:
    set_stock(0)
    return Client(headers={"sec-fetch-site": "same-origin"})


def set_stock(quantity: int) -> None:
    for stock in Stock.objects.filter(variant__sku=SKU):
        stock.quantity = quantity
        stock.save()
