"""The second factor: who has one gets nowhere without it, at the desk and at the API."""

import importlib
import re

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from store.engine.accounts import recovery_codes, second_factors
from store.engine.accounts.models import AuthenticatorApp, StaffMember, User
from store.engine.admin.second_factor import UNREADABLE_SEED, WRONG_CODE
from tests.engine.api_client import execute_field

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL, PASSWORD = "boss@cupwell.example", "a long way home"
PAGE = "/admin/second-factor/"


@pytest.fixture(autouse=True)
def no_failures() -> None:
    cache.clear()


@pytest.fixture
def boss() -> User:
    return User.objects.create_superuser(EMAIL, PASSWORD)


def log_in() -> Client:
    browser = Client()
    assert (
        browser.post("/admin/login/?next=/admin/", {"username": EMAIL, "password": PASSWORD}).status_code
        == 302
    )
    return browser


def code_of(user: User, step: int = 0) -> str:
    """The code that the app shows; `step` 1 is the next one: each works once."""
    device = AuthenticatorApp.objects.get(user=user)
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time += step * device.step
    return f"{totp.token():06d}"


def set_up(user: User) -> list[str]:
    browser = log_in()
    assert "data:image/svg+xml" in browser.get(PAGE).content.decode()
    page = browser.post(PAGE, {"code": code_of(user)}).content.decode()
    TOTPDevice.objects.update(last_t=-1)  # as if half a minute had passed
    return re.findall(r"<li>(\w+)</li>", page)


def test_with_password_and_code_the_desk_opens(boss):
    set_up(boss)
    browser = log_in()
    for path in (
        "/admin/",
        "/admin/orders/order/",
        "/admin/accounts/staffmember/invite/",
        "/admin/mailer/mailplan/",
    ):
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"].startswith(PAGE)) == (302, True)
    assert browser.post("/admin/accounts/staffmember/invite/", {"email": "x@evil.example"}).status_code == 302
    assert not User.objects.filter(email="x@evil.example").exists()
    answer = browser.post(f"{PAGE}?next=/admin/orders/order/", {"code": code_of(boss)})
    assert (answer.status_code, answer["Location"]) == (302, "/admin/orders/order/")
    assert browser.get("/admin/orders/order/").status_code == 200


@pytest.mark.parametrize("goal", ["https://evil.example/", "//evil.example", "/\\evil.example", "/cart/"])
def test_the_way_on_stays_at_the_desk(boss, goal):
    set_up(boss)
    answer = log_in().post(f"{PAGE}?next={goal}", {"code": code_of(boss)})
    assert answer["Location"] == "/admin/"


def test_a_wrong_or_used_code_does_not_open_it(boss):
    set_up(boss)
    browser = log_in()
    assert browser.post(PAGE, {"code": "000000"}).status_code == 422
    TOTPDevice.objects.update(throttling_failure_count=0)
    code = code_of(boss)
    assert browser.post(PAGE, {"code": code}).status_code == 302
    assert log_in().post(PAGE, {"code": code}).status_code == 422


def test_guessing_is_slowed_down(boss):
    set_up(boss)
    browser = log_in()
    for _ in range(3):
        browser.post(PAGE, {"code": "000000"})
    assert browser.post(PAGE, {"code": code_of(boss)}).status_code == 422  # right, but too soon


def test_each_recovery_code_opens_it_once(boss):
    codes = set_up(boss)
    assert len(set(codes)) == second_factors.RECOVERY_CODES
    assert log_in().post(PAGE, {"code": codes[0].upper()}).status_code == 302
    assert log_in().post(PAGE, {"code": codes[0]}).status_code == 422


def test_what_the_database_holds_of_recovery_codes_opens_nothing(boss):
    codes = set_up(boss)
    stored = list(StaticToken.objects.values_list("token", flat=True))
    assert len(set(stored)) == second_factors.RECOVERY_CODES
    assert not set(codes) & set(stored)
    for token in stored[:2]:
        StaticDevice.objects.update(throttling_failure_count=0)
        assert log_in().post(PAGE, {"code": token}).status_code == 422
    other = User.objects.create_superuser("other@cupwell.example", "x")
    assert recovery_codes.stored(codes[0], user_id=other.pk) not in stored


def test_recovery_codes_of_before_are_hashed_and_go_on_to_work(boss):
    codes = set_up(boss)
    StaticToken.objects.all().delete()
    StaticToken.objects.create(device=StaticDevice.objects.get(), token=codes[0])
    migration = importlib.import_module("store.engine.accounts.migrations.0004_hashed_recovery_codes")
    for _ in range(2):  # what is hashed stays
        migration.hash_codes(apps, None)
    assert StaticToken.objects.get().token != codes[0]
    assert log_in().post(PAGE, {"code": codes[0]}).status_code == 302


def test_a_wrong_first_code_switches_nothing_on(boss):
    browser = log_in()
    browser.get(PAGE)
    assert browser.post(PAGE, {"code": "000000"}).status_code == 422
    assert not second_factors.has_second_factor(boss)
    assert browser.get("/admin/").status_code == 200


def test_it_can_be_removed_only_by_who_has_shown_it(boss):
    set_up(boss)
    browser = log_in()
    browser.post(f"{PAGE}remove/")
    assert second_factors.has_second_factor(boss)
    browser.post(PAGE, {"code": code_of(boss)})
    browser.post(f"{PAGE}remove/")
    assert not second_factors.has_second_factor(boss)


def test_where_it_is_required_nobody_works_without(boss, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = log_in()
    assert browser.get("/admin/")["Location"].startswith(PAGE)
    set_up(boss)
    browser.post(PAGE, {"code": code_of(boss)})
    assert browser.get("/admin/").status_code == 200


def test_the_api_gives_no_token_for_the_password_alone(boss):
    ask = "mutation($e: String!, $p: String!) { tokenCreate(email: $e, password: $p) { token errors { code } } }"
    assert execute_field(ask, e=EMAIL, p=PASSWORD)["token"]
    set_up(boss)
    assert execute_field(ask, e=EMAIL, p=PASSWORD) == {
        "token": None,
        "errors": [{"code": "INVALID_CREDENTIALS"}],
    }


def test_who_has_lost_phone_and_codes_gets_in_by_a_new_link(boss):
    lost = User.objects.create_superuser("pia@cupwell.example", PASSWORD)
    TOTPDevice.objects.create(user=lost, name="app", confirmed=True)
    row = StaffMember.objects.get(pk=lost.pk)
    assert log_in().post(f"/admin/accounts/staffmember/{row.pk}/link/").status_code == 200
    assert not second_factors.has_second_factor(lost)


def answer_code(user: User) -> int:
    """The status after the code of now: 302 leads to the desk, 422 asks again."""
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)
    return log_in().post(PAGE, {"code": code_of(user)}).status_code


def test_the_seed_is_encrypted_in_the_database_and_the_codes_are_right(boss):
    set_up(boss)
    stored = TOTPDevice.objects.get(user=boss).key
    seed = AuthenticatorApp.objects.get(user=boss).bin_key
    assert (stored[:4], len(stored), len(seed), seed.hex() in stored) == ("aes:", 68, 20, False)
    assert answer_code(boss) == 302


def test_after_a_change_of_the_secret_all_seeds_are_encrypted_anew_at_the_start(boss, settings):
    set_up(boss)
    before = TOTPDevice.objects.get(user=boss).key
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new one " * 5, [settings.SECRET_KEY]
    assert answer_code(boss) == 302
    assert TOTPDevice.objects.get(user=boss).key == before
    second_factors.encrypt_all_anew()
    settings.SECRET_KEY_FALLBACKS = []
    assert answer_code(boss) == 302


def test_the_start_encrypts_the_seeds(monkeypatch):
    calls = []
    monkeypatch.setattr(second_factors, "encrypt_all_anew", lambda: calls.append(1))
    call_command("prepare")
    assert calls == [1]


def test_a_seed_that_can_not_be_read_is_said_to_be_so_and_recovery_codes_still_open(boss, settings):
    codes = set_up(boss)
    code, stored = code_of(boss), TOTPDevice.objects.get(user=boss).key
    settings.SECRET_KEY = "lost and made anew " * 3
    second_factors.encrypt_all_anew()
    assert TOTPDevice.objects.get(user=boss).key == stored
    browser = log_in()
    answer = browser.post(PAGE, {"code": code})
    assert answer.status_code == 422
    assert answer.context["form"].errors["code"] == [UNREADABLE_SEED]
    StaticDevice.objects.update(throttling_failure_count=0)  # as if the second had passed
    assert browser.post(PAGE, {"code": codes[0]}).status_code == 302


def test_a_wrong_code_is_not_said_to_be_unreadable(boss):
    set_up(boss)
    assert log_in().post(PAGE, {"code": "000000"}).context["form"].errors["code"] == [WRONG_CODE]


def test_a_lost_second_factor_is_removed_by_command(boss):
    set_up(boss)
    with pytest.raises(CommandError, match="No member of staff"):
        call_command("remove_second_factor", "nobody@cupwell.example")
    call_command("remove_second_factor", EMAIL.upper())
    assert not second_factors.has_second_factor(boss)
    with pytest.raises(CommandError, match="has no second factor"):
        call_command("remove_second_factor", EMAIL)


def test_a_seed_copied_to_another_account_is_none(boss):
    set_up(boss)
    other = User.objects.create_superuser("pia@cupwell.example", PASSWORD)
    stored = TOTPDevice.objects.get(user=boss).key
    copied = AuthenticatorApp.objects.create(user=other, name="app", confirmed=True, key=stored)
    assert (copied.is_readable, copied.verify_token(code_of(boss))) == (False, False)


def test_a_seed_of_before_is_encrypted_by_the_migration(boss):
    device = TOTPDevice.objects.create(user=boss, name="app", confirmed=True, key="3132" * 10)
    migration = importlib.import_module("store.engine.accounts.migrations.0003_authenticator_app")
    migration.seal(apps, None)
    assert TOTPDevice.objects.get().key[:4] == "aes:"
    assert AuthenticatorApp.objects.get().bin_key == b"12" * 10
    migration.unseal(apps, None)
    assert TOTPDevice.objects.get().key == device.key


def test_no_page_of_the_desk_shows_the_secrets(boss):
    browser = log_in()
    for path in ("/admin/otp_totp/totpdevice/", "/admin/otp_static/staticdevice/"):
        assert browser.get(path).status_code == 404


def test_who_is_no_staff_is_sent_to_the_login():
    assert Client().get(PAGE)["Location"] == "/admin/login/"
    assert Client().post(f"{PAGE}remove/")["Location"] == PAGE
