from typing import Any

import pytest
from django.core.cache import cache

from store import rate_limits
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.events import tasks
from store.engine.events.models import Event

PASSWORD = "a long way home"
HOME = {
    "first_name": "Ada",
    "last_name": "Guest",
    "street_address_1": "1600 Amphitheatre Pkwy",
    "city": "Mountain View",
    "country_area": "CA",
    "postal_code": "94043",
    "country": "US",
    "phone": "+16502530000",
}


@pytest.fixture(autouse=True)
def no_queue(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No task queue, and no counts of another test."""
    settings.ALLOWED_CLIENT_HOSTS = ["cupwell.example"]
    monkeypatch.setattr(tasks, "enqueue_delivery", lambda: None)
    cache.clear()
    rate_limits.forget_own_counts()


@pytest.fixture
def channel(transactional_db: None) -> Channel:
    return Channel.objects.create(
        name="US", slug="default-channel", is_active=True, currency_code="USD", default_country="US"
    )


@pytest.fixture
def ada(transactional_db: None) -> User:
    return User.objects.create_user("ada@example.com", PASSWORD, first_name="Ada")


def recorded_events() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("type", flat=True))
