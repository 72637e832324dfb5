import time
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from store.engine.events.models import Event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clear_throttling():
    cache.clear()


def log_in(password, email="merchant@cupwell.example"):
    return Client().post("/admin/login/?next=/admin/", {"username": email, "password": password})


def test_staff_log_in_whatever_the_case_of_the_address(merchant):
    assert log_in("cupwell-demo", "Merchant@Cupwell.example").status_code == 302


def test_a_login_stands_in_the_audit_log_and_a_refused_one_does_not(merchant, admin_client):
    assert log_in("guess").status_code == 200
    assert log_in("cupwell-demo").status_code == 302
    [event] = Event.objects.all()
    assert (event.principal_pk, event.type) == (str(merchant.pk), "SIGNED_IN_WITH_PASSWORD")
    assert "Signed in with password" in admin_client.get("/admin/events/event/").text


def test_logins_are_throttled_even_with_the_right_password(merchant, monkeypatch):
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)  # the wait is a second, a login here takes longer
    for _ in range(3):
        assert log_in("guess").status_code == 200
    answer = log_in("cupwell-demo")
    assert answer.status_code == 200
    assert "Too many attempts" in answer.content.decode()


def test_a_customer_can_not_log_in(shop):
    from store.engine.accounts.models import User

    User.objects.create_user("shopper@cupwell.example", "cupwell-demo")
    assert log_in("cupwell-demo", "shopper@cupwell.example").status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 302)])
def test_a_session_ends_twelve_hours_after_the_login_also_in_use(merchant, hours, status):
    with time_machine.travel("2026-11-28T08:00Z", tick=False) as clock:
        browser = Client()
        browser.post(
            "/admin/login/?next=/admin/", {"username": "merchant@cupwell.example", "password": "cupwell-demo"}
        )
        clock.shift(timedelta(hours=11))
        session = browser.session
        session["used"] = "just now"
        session.save()
        clock.shift(timedelta(hours=hours - 11))
        assert browser.get("/admin/").status_code == status
