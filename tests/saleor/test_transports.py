"""A real Saleor's response holds for some seconds, and longer when Saleor still says the same."""

import time
from typing import Any

import httpx2
import pytest

from store.saleor import transports
from store.saleor.transports import HttpTransport


class FarSaleor:
    def __init__(self) -> None:
        self.name, self.requests, self.is_away = "Palm", 0, False

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.requests += 1
        if self.is_away:
            raise httpx2.ConnectError("refused")
        return httpx2.Response(200, json={"data": {"name": self.name}})


@pytest.fixture
def far() -> FarSaleor:
    return FarSaleor()


@pytest.fixture
def transport(far: FarSaleor) -> HttpTransport:
    transport = HttpTransport("https://saleor.example/graphql/", ask_again_seconds=10)
    transport._client = httpx2.Client(transport=httpx2.MockTransport(far.answer))
    return transport


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    clock = {"now": time.time()}
    monkeypatch.setattr(transports.time, "time", lambda: clock["now"])
    return clock


def test_it_is_not_asked_again_for_some_seconds(
    far: FarSaleor, transport: HttpTransport, clock: dict[str, Any]
) -> None:
    validity = transport.post(b"{}", {}).validity
    assert validity
    far.name = "Other"
    clock["now"] += 9
    assert validity.holds_until() == pytest.approx(clock["now"] + 1)
    assert far.requests == 1


def test_the_same_answer_holds_on_and_another_does_not(
    far: FarSaleor, transport: HttpTransport, clock: dict[str, Any]
) -> None:
    validity = transport.post(b"{}", {}).validity
    assert validity
    clock["now"] += 11
    assert validity.holds_until() == pytest.approx(clock["now"] + 10)
    clock["now"] += 11
    far.name = "Other"
    assert validity.holds_until() is None
    assert far.requests == 3


def test_a_saleor_that_is_away_confirms_nothing(
    far: FarSaleor, transport: HttpTransport, clock: dict[str, Any]
) -> None:
    validity = transport.post(b"{}", {}).validity
    assert validity
    clock["now"] += 11
    far.is_away = True
    assert validity.holds_until() is None
