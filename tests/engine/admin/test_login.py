import time

import pytest
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clear_throttling():
    cache.clear()


def log_in(password, email="merchant@cupwell.example"):
    return Client().post("/admin/login/?next=/admin/", {"username": email, "password": password})


def test_staff_log_in_whatever_the_case_of_the_address(merchant):
    assert log_in("cupwell-demo", "Merchant@Cupwell.example").status_code == 302


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
