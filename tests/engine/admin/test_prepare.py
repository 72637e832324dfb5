import pytest
from django.core.management import call_command

from store.engine.accounts.models import User
from store.engine.events import app_tokens
from store.engine.events.apps import INTERNAL_APP_IDENTIFIER, internal_app_token
from store.engine.events.models import App, AppToken

pytestmark = pytest.mark.django_db


def prepare():
    call_command("prepare", verbosity=1)


def test_the_internal_app_has_all_permissions_and_its_token(capsys):
    prepare()
    app = app_tokens.find_app(internal_app_token())
    assert (app.name, app.identifier, len(app.permission_codes())) == (
        "Cupwell store",
        INTERNAL_APP_IDENTIFIER,
        25,
    )
    assert capsys.readouterr().out == ""


def test_preparing_twice_changes_nothing():
    prepare()
    before = list(User.objects.values()), list(App.objects.values()), list(AppToken.objects.values())
    prepare()
    assert (
        list(User.objects.values()),
        list(App.objects.values()),
        list(AppToken.objects.values()),
    ) == before


def test_a_new_secret_key_invalidates_the_old_token(settings):
    prepare()
    old = internal_app_token()
    settings.SECRET_KEY = "another"
    prepare()
    assert app_tokens.find_app(internal_app_token()).identifier == INTERNAL_APP_IDENTIFIER
    settings.SECRET_KEY = "back again"
    assert AppToken.objects.count() == 1
    assert app_tokens.find_app(old) is None


def test_in_development_demo_users_are_created(settings):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]  # the first is for tests alone
    settings.PRODUCTION = False
    prepare()
    merchant, shopper = User.objects.order_by("email")
    assert (merchant.email, merchant.is_staff, merchant.is_superuser) == (
        "merchant@cupwell.example",
        True,
        True,
    )
    assert (shopper.email, shopper.is_staff, shopper.is_superuser) == (
        "shopper@cupwell.example",
        False,
        False,
    )
    assert all(user.check_password("cupwell-demo") for user in (merchant, shopper))
    assert merchant.password.startswith("argon2$argon2id$")


def test_in_production_no_user_is_created(settings):
    settings.PRODUCTION = True
    prepare()
    assert (User.objects.count(), App.objects.count()) == (0, 1)


def test_a_changed_demo_password_stays_changed():
    prepare()
    shopper = User.objects.get(email="shopper@cupwell.example")
    shopper.set_password("my own way home")
    shopper.save()
    prepare()
    assert User.objects.get(pk=shopper.pk).check_password("my own way home")


def test_in_production_the_first_user_is_created_by_command(settings, monkeypatch):
    settings.PRODUCTION = True
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "a long way home")
    call_command("createsuperuser", email="Owner@shop.example", interactive=False, verbosity=0)
    owner = User.objects.get()
    assert (owner.email, owner.is_staff, len(owner.permission_codes())) == ("owner@shop.example", True, 25)


def test_demo_logins_close_when_the_shop_goes_public(settings):
    prepare()
    merchant = User.objects.get(email="merchant@cupwell.example")
    key = merchant.jwt_token_key
    settings.PRODUCTION = True
    prepare()
    merchant.refresh_from_db()
    assert (merchant.is_active, merchant.has_usable_password()) == (False, False)
    assert merchant.jwt_token_key != key
    assert not User.objects.filter(is_active=True).exists()


def test_who_took_a_demo_login_over_keeps_it(settings):
    prepare()
    merchant = User.objects.get(email="merchant@cupwell.example")
    merchant.set_password("a long way home")
    merchant.save()
    settings.PRODUCTION = True
    prepare()
    merchant.refresh_from_db()
    assert (merchant.is_active, merchant.check_password("a long way home")) == (True, True)
