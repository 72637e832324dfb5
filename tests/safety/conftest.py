"""Fixtures: the shop as a double, a mailbox in a folder, and no Celery messages."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from store.mailer import enqueue
from store.saleor import clients
from tests.mailer.conftest import Mailbox
from tests.safety.recall_orders import PagedSaleor


@pytest.fixture
def saleor(monkeypatch: pytest.MonkeyPatch) -> Iterator[PagedSaleor]:
    before = dict(clients._clients)
    double = PagedSaleor()
    clients.connect(double, staff_token="app-token")
    monkeypatch.setattr(enqueue, "send_task", lambda *_, **__: None)
    yield double
    clients._clients.clear()
    clients._clients.update(before)


@pytest.fixture
def mailbox(settings: Any, tmp_path: Path) -> Mailbox:
    settings.EMAIL_URL = ""
    settings.MAIL_DIR = tmp_path / "mail"
    settings.PUBLIC_URL = "https://cupwell.example"
    return Mailbox(settings.MAIL_DIR)
