"""Changing SECRET_KEY: with the old one in SECRET_KEY_FALLBACKS everything that was signed lives on."""

from typing import Any

import pytest
from django.test import Client

from store.engine.accounts import email_tokens, jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens, signing_keys
from store.engine.events.models import App, SigningKey
from store.mailer import suppressions, unsubscribe
from store.mailer.mail_classes import MailClass
from store.storefront import orders

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "the old secret of this shop", "the new secret of this shop"
ADA = "ada@example.com"


@pytest.fixture(autouse=True)
def key_is_read_anew(settings: Any) -> Any:
    settings.SECRET_KEY = OLD
    signing_keys._load.cache_clear()
    yield
    signing_keys._load.cache_clear()


def rotate(settings: Any, *, fallbacks: list[str]) -> None:
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, fallbacks
    signing_keys._load.cache_clear()


def given_before() -> dict[str, Any]:
    boss = User.objects.create_superuser("boss@cupwell.example", "a long way home")
    browser = Client()
    browser.force_login(boss)
    unsubscribe.suppress(unsubscribe.read_token(unsubscribe.unsubscribe_token(ADA, "en")))
    return {
        "boss": boss,
        "browser": browser,
        "app token": app_tokens.issue_token(App.objects.create(name="Shop"))[1],
        "access": jwt_tokens.access_token(boss),
        "reset": email_tokens.password_reset.make_token(boss),
        "unsubscribe": unsubscribe.unsubscribe_token("bob@example.com", "en"),
        "order": orders.order_token("T3JkZXI6eA=="),
        "key": signing_keys.key().id,
    }


def still_valid(given: dict[str, Any]) -> dict[str, bool]:
    def works(use: Any) -> bool:
        try:
            return bool(use())
        except Exception:
            return False

    return {
        "session": given["browser"].get("/admin/").status_code == 200,
        "app token": works(lambda: app_tokens.find_app(given["app token"])),
        "access": works(lambda: jwt_tokens.decode(given["access"])),
        "reset": email_tokens.PasswordResetTokenGenerator.check_token(
            type(email_tokens.password_reset)(), given["boss"], given["reset"]
        ),
        "unsubscribe": works(lambda: unsubscribe.read_token(given["unsubscribe"])),
        "suppression": suppressions.is_unsubscribed(ADA, MailClass.CARE),
        "order": works(lambda: orders.signing.loads(given["order"], salt=orders.SALT)),
        "key": signing_keys.key().id == given["key"],
    }


def test_with_the_old_key_as_fallback_all_lives_on(settings: Any) -> None:
    given = given_before()
    rotate(settings, fallbacks=[OLD])
    assert {name for name, valid in still_valid(given).items() if not valid} == set()


def test_without_it_nothing_does(settings: Any) -> None:
    given = given_before()
    rotate(settings, fallbacks=[])
    assert {name for name, valid in still_valid(given).items() if valid} == set()


def test_the_signing_key_is_encrypted_anew_and_needs_the_old_secret_no_more(settings: Any) -> None:
    before = signing_keys.key().id
    rotate(settings, fallbacks=[OLD])
    assert signing_keys.key().id == before
    rotate(settings, fallbacks=[])
    assert (signing_keys.key().id, SigningKey.objects.count()) == (before, 1)
