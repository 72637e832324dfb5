"""Failed logins are counted while the shared cache is away, too; both logins stay usable."""

import pytest
from django.core.cache import cache
from django.test import Client
from redis.backoff import NoBackoff
from redis.retry import Retry

from store import rate_limits
from store.engine.accounts import login_throttling
from store.engine.accounts.models import User
from store.engine.errors import OperationError
from tests.engine.api_client import execute_field

WHO = {"origin": "192.0.2.7", "email": "ada@example.com"}
UNREACHABLE = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:9/0",  # the discard port: nobody listens
        "OPTIONS": {"retry": Retry(NoBackoff(), 1)},
    }
}


@pytest.fixture(autouse=True)
def no_failures():
    cache.clear()
    rate_limits.forget_own_counts()


@pytest.fixture
def redis_is_down(settings):
    settings.CACHES = UNREACHABLE


def fail(times):
    for _ in range(times):
        login_throttling.start_attempt(**WHO)


@pytest.mark.usefixtures("redis_is_down")
def test_without_the_shared_cache_the_fourth_attempt_still_has_to_wait():
    fail(3)
    with pytest.raises(OperationError, match="Too many attempts"):
        login_throttling.start_attempt(**WHO)
    login_throttling.start_attempt(origin="192.0.2.8", email="ada@example.com")


@pytest.mark.usefixtures("redis_is_down")
def test_without_the_shared_cache_a_success_resets_the_count():
    fail(3)
    login_throttling.reset(**WHO)
    login_throttling.start_attempt(**WHO)


def test_failures_seen_before_the_shared_cache_went_away_still_count(settings):
    fail(3)
    settings.CACHES = UNREACHABLE
    with pytest.raises(OperationError):
        login_throttling.start_attempt(**WHO)


def test_a_reset_elsewhere_is_believed():
    fail(3)
    cache.clear()
    login_throttling.start_attempt(**WHO)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("redis_is_down")
def test_staff_log_in_to_the_admin_and_the_api_while_redis_is_down():
    User.objects.create_superuser("merchant@cupwell.example", "cupwell-demo")
    form = {"username": "merchant@cupwell.example", "password": "cupwell-demo"}
    assert Client().post("/admin/login/?next=/admin/", form).status_code == 302
    document = "mutation($email: String!, $password: String!) { tokenCreate(email: $email, password: $password) { token } }"
    answer = execute_field(document, email=form["username"], password=form["password"])
    assert answer["token"]


def test_attempts_made_at_once_are_counted_before_their_passwords_are_checked():
    outcomes = []
    for _ in range(24):  # none has been answered yet
        try:
            login_throttling.start_attempt(**WHO)
            outcomes.append("checked")
        except OperationError as refused:
            outcomes.append(refused.code)
    assert outcomes == ["checked"] * 3 + ["LOGIN_ATTEMPT_DELAYED"] * 21


def attempts_until_delayed(most=100, **who):
    for count in range(most):
        try:
            login_throttling.start_attempt(**who)
        except OperationError:
            return count
    return most


@pytest.mark.parametrize(
    "email", [" ada@example.com", "ada@example.com\t", "ADA@example.com", "ada@EXAMPLE.com "]
)
def test_another_spelling_of_the_address_is_the_same_account(email):
    fail(3)
    assert attempts_until_delayed(origin=WHO["origin"], email=email) == 0


def test_many_clients_together_do_not_guess_at_one_account():
    many = [{"origin": f"192.0.2.{n}", "email": "ada@example.com"} for n in range(200)]
    outcomes = []
    for who in many:
        try:
            login_throttling.start_attempt(**who)
            outcomes.append(True)
        except OperationError:
            outcomes.append(False)
    assert sum(outcomes) == 30


def test_a_known_device_is_never_delayed_by_strangers():
    device = login_throttling.device_token("Ada@example.com")
    for n in range(200):
        attempts_until_delayed(origin=f"192.0.2.{n}", email="ada@example.com", most=1)
    assert attempts_until_delayed(**WHO) == 0
    login_throttling.start_attempt(**WHO, device=device)


def test_a_device_does_not_guess_without_end_either():
    device = login_throttling.device_token("ada@example.com")
    assert attempts_until_delayed(**WHO, device=device) == 3


@pytest.mark.parametrize(
    "make", [lambda: login_throttling.device_token("bob@example.com"), lambda: "made up", str]
)
def test_a_device_is_known_for_its_own_account_only(make):
    fail(3)
    assert attempts_until_delayed(**WHO, device=make()) == 0


@pytest.mark.django_db(transaction=True)
def test_logging_in_makes_the_device_known():
    User.objects.create_superuser("merchant@cupwell.example", "cupwell-demo")
    form = {"username": "merchant@cupwell.example", "password": "cupwell-demo"}
    browser = Client()
    assert browser.post("/admin/login/?next=/admin/", form).status_code == 302
    for n in range(200):
        attempts_until_delayed(origin=f"192.0.2.{n}", email=form["username"], most=1)
    cookie = browser.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    known, stranger = Client(), Client()
    known.cookies["device"] = cookie.value
    assert stranger.post("/admin/login/?next=/admin/", form).status_code == 200
    assert known.post("/admin/login/?next=/admin/", form).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_login_without_a_goal_ends_at_the_admin():
    User.objects.create_superuser("merchant@cupwell.example", "cupwell-demo")
    form = {"username": "merchant@cupwell.example", "password": "cupwell-demo"}
    assert Client().post("/admin/login/", form)["Location"] == "/admin/"
