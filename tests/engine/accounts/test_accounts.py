from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from store.engine.accounts import (
    customer_accounts,
    email_confirmation,
    email_tokens,
    passwords,
)
from store.engine.accounts.models import User
from store.engine.errors import OperationError, OperationErrors
from store.engine.events.models import Event
from tests.engine.accounts.conftest import PASSWORD, recorded_events

pytestmark = pytest.mark.django_db(transaction=True)
BACK = "https://cupwell.example/confirm/"


def register(**more) -> User:
    given = {"email": "Ada@Example.com", "password": PASSWORD, "redirect_url": BACK, **more}
    return customer_accounts.register(given=given)


def test_registering_asks_for_confirmation_by_mail(channel):
    user = register()
    assert (user.email, user.is_confirmed) == ("ada@example.com", False)
    assert recorded_events() == ["CUSTOMER_CREATED", "ACCOUNT_CONFIRMATION_REQUESTED"]
    assert Event.objects.last().extra == {"redirect_url": BACK, "channel": "default-channel"}


def test_registering_a_taken_address_looks_the_same_and_changes_nothing(channel, ada):
    before = User.objects.values().get()
    repeated = register(first_name="Eve")
    assert (repeated.pk, repeated.first_name) == (None, "Eve")
    assert User.objects.values().get() == before
    assert recorded_events() == []


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "javascript:alert(1)", "//evil.example", "", None, "https://[/"]
)
def test_mail_never_leads_to_a_foreign_host(channel, url):
    with pytest.raises(OperationError) as refused:
        register(redirect_url=url)
    assert (refused.value.field, User.objects.count(), recorded_events()) == ("redirectUrl", 0, [])


def test_a_weak_password_is_refused_with_every_reason(channel):
    with pytest.raises(OperationErrors) as refused:
        register(password="pass")
    assert {error.code for error in refused.value.errors} == {
        "PASSWORD_TOO_SHORT",
        "PASSWORD_TOO_COMMON",
    }
    assert {error.field for error in refused.value.errors} == {"password"}
    assert User.objects.count() == 0


def test_two_channels_need_a_slug(channel):
    type(channel).objects.create(
        name="EU", slug="eu", is_active=True, currency_code="EUR", default_country="DE"
    )
    with pytest.raises(OperationError) as refused:
        register()
    assert refused.value.code == "MISSING_CHANNEL_SLUG"
    assert register(channel="eu").pk


def test_the_mailed_token_confirms_once(channel):
    user = register()
    token = email_tokens.confirmation.make_token(user)
    assert customer_accounts.confirm(email="ADA@example.com", token=token).is_confirmed
    with pytest.raises(OperationError) as refused:
        customer_accounts.confirm(email=user.email, token=token)
    assert (refused.value.field, refused.value.code) == ("token", "INVALID")


def test_confirmation_calls_the_registered_callbacks(channel, monkeypatch):
    confirmed = []
    monkeypatch.setattr(email_confirmation, "confirmed_callbacks", [confirmed.append])
    user = register()
    customer_accounts.confirm(email=user.email, token=email_tokens.confirmation.make_token(user))
    assert confirmed == [user]


def test_an_unconfirmed_customer_can_not_log_in(channel):
    register()
    with pytest.raises(OperationError) as refused:
        customer_accounts.log_in(email="ada@example.com", password=PASSWORD)
    assert refused.value.code == "ACCOUNT_NOT_CONFIRMED"


def test_a_wrong_password_and_an_unknown_address_get_the_same_error(ada):
    errors = []
    for email in (ada.email, "nobody@example.com"):
        with pytest.raises(OperationError) as refused:
            customer_accounts.log_in(email=email, password="wrong")
        errors.append((refused.value.code, refused.value.message))
    assert errors == [("INVALID_CREDENTIALS", "Please, enter valid credentials")] * 2


def test_failed_logins_are_throttled(ada):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(3):
            with pytest.raises(OperationError, match="valid credentials"):
                customer_accounts.log_in(email=ada.email, password="wrong")
        with pytest.raises(OperationError) as refused:
            customer_accounts.log_in(email=ada.email, password=PASSWORD)
        assert refused.value.code == "LOGIN_ATTEMPT_DELAYED"
        clock.shift(timedelta(seconds=2))
        assert customer_accounts.log_in(email=ada.email, password=PASSWORD) == ada


@pytest.mark.parametrize("typed", ["{}", " {}", "{}\t", "\u00a0{}"])
def test_space_around_the_address_gives_no_further_guesses(ada, typed):
    for _ in range(3):
        with pytest.raises(OperationError, match="valid credentials"):
            customer_accounts.log_in(email=ada.email, password="wrong")
    with pytest.raises(OperationError, match="Too many attempts"):
        customer_accounts.log_in(email=typed.format(ada.email), password="wrong")


def test_a_password_is_reset_with_the_mailed_token(ada):
    passwords.request_reset(email="ADA@example.com", redirect_url=BACK, channel=None)
    assert recorded_events() == ["ACCOUNT_SET_PASSWORD_REQUESTED"]
    ada.refresh_from_db()
    token = email_tokens.password_reset.make_token(ada)
    passwords.reset(email=ada.email, password="another way home", token=token)
    assert customer_accounts.log_in(email=ada.email, password="another way home") == ada
    with pytest.raises(OperationError):
        passwords.reset(email=ada.email, password="a third way home", token=token)


def test_requesting_two_resets_records_one_event(ada):
    for _ in range(2):
        passwords.request_reset(email=ada.email, redirect_url=BACK, channel=None)
    assert recorded_events() == ["ACCOUNT_SET_PASSWORD_REQUESTED"]


def test_requesting_a_reset_for_an_unknown_address_records_nothing(ada):
    passwords.request_reset(email="nobody@example.com", redirect_url=BACK, channel=None)
    assert recorded_events() == []


def test_a_token_of_one_account_is_invalid_for_another(ada):
    eve = User.objects.create_user("eve@example.com", PASSWORD)
    with pytest.raises(OperationError):
        passwords.reset(
            email=ada.email, password="eves way home", token=email_tokens.password_reset.make_token(eve)
        )
    ada.refresh_from_db()
    assert ada.check_password(PASSWORD)


def test_changing_the_password_needs_the_old_one(ada):
    for old in ("wrong", None):
        with pytest.raises(OperationError) as refused:
            passwords.change(user=ada, old=old, new="another way home")
        assert (refused.value.field, refused.value.code) == ("oldPassword", "INVALID_CREDENTIALS")
    passwords.change(user=ada, old=PASSWORD, new="another way home")
    assert ada.check_password("another way home")


def test_a_new_address_counts_only_once_it_is_confirmed(ada, channel):
    customer_accounts.request_email_change(
        user=ada, password=PASSWORD, new_email="New@example.com", redirect_url=BACK, channel=None
    )
    assert User.objects.get().email == "ada@example.com"
    token = email_tokens.email_change_token(ada, "new@example.com")
    customer_accounts.confirm_email_change(user=ada, token=token)
    assert User.objects.get().email == "new@example.com"
    with pytest.raises(OperationError):
        customer_accounts.confirm_email_change(user=ada, token=token)


def test_an_account_is_deleted_with_the_mailed_token_only(ada):
    with pytest.raises(OperationError):
        customer_accounts.delete(user=ada, token="guess")
    assert User.objects.count() == 1
    customer_accounts.delete(user=ada, token=email_tokens.deletion.make_token(ada))
    assert (User.objects.count(), recorded_events()) == (0, ["ACCOUNT_DELETED"])


def test_staff_can_not_delete_their_account_this_way(ada):
    ada.is_staff = True
    ada.save()
    with pytest.raises(OperationError) as refused:
        customer_accounts.delete(user=ada, token=email_tokens.deletion.make_token(ada))
    assert (refused.value.code, User.objects.count()) == ("DELETE_STAFF_ACCOUNT", 1)
