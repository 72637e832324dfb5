"""Two sweeps find the same request at the same moment.

On SQLite one transaction writes at a time; `tests/mailer/test_on_postgresql.py` runs these where both have begun.
"""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from store.back_in_stock import availability, sweep
from store.back_in_stock.availability import Availability
from store.back_in_stock.models import StockRequest
from store.mailer import enqueue
from store.mailer.models import MailPlan

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def request_of_ada(monkeypatch: pytest.MonkeyPatch) -> Iterator[StockRequest]:
    """What she waits for is there again. Both sweeps have read that she waits before one of them writes."""
    both_have_read = threading.Barrier(2, timeout=30)
    plan = sweep._plan_notice

    def wait_and_plan(pk: int) -> bool:
        both_have_read.wait()
        return plan(pk)

    def all_is_there(ids: Any, **_: Any) -> dict[str, Availability]:
        return {one: Availability("Cups", can_be_ordered=True) for one in ids}

    monkeypatch.setattr(availability, "ask", all_is_there)
    monkeypatch.setattr(sweep, "_plan_notice", wait_and_plan)
    monkeypatch.setattr(enqueue, "send_task", lambda *_, **__: None)
    return StockRequest.objects.create(
        channel="default-channel",
        variant_id="v1",
        product_slug="cups",
        email="ada@example.com",
        language="en",
        confirmed_at=timezone.now(),
    )


def planned_by_two_sweeps() -> list[int]:
    counts: list[int] = []

    def run() -> None:
        try:
            counts.append(sweep.run())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(counts)


def test_one_of_them_plans_the_mail(request_of_ada: StockRequest) -> None:
    assert planned_by_two_sweeps() == [0, 1]
    request_of_ada.refresh_from_db()
    assert (MailPlan.objects.count(), request_of_ada.notices) == (1, 1)
