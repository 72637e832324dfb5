import pytest

from store.engine.events import app_tokens, signing_keys
from store.engine.events.apps import internal_app_token
from store.engine.events.models import App, AppToken, SigningKey

pytestmark = pytest.mark.django_db


def test_all_processes_share_one_key():
    signing_keys._load.cache_clear()
    first = signing_keys.key().id
    signing_keys._load.cache_clear()
    assert signing_keys.key().id == first
    assert SigningKey.objects.count() == 1


def test_the_private_key_is_stored_encrypted():
    signing_keys._load.cache_clear()
    signing_keys.key()
    assert "BEGIN ENCRYPTED PRIVATE KEY" in SigningKey.objects.get().pem


def test_a_changed_secret_key_makes_a_new_signing_key(settings):
    signing_keys._load.cache_clear()
    old = signing_keys.key().id
    settings.SECRET_KEY = "another"
    signing_keys._load.cache_clear()
    assert signing_keys.key().id != old
    signing_keys._load.cache_clear()


def test_the_public_key_looks_as_saleors():
    [key] = signing_keys.jwks()["keys"]
    assert (key["kty"], key["use"], key["alg"], key["key_ops"]) == ("RSA", "sig", "RS256", ["verify"])
    assert "d" not in key


def test_an_app_is_known_by_its_token_and_only_the_hash_is_stored():
    app = App.objects.create(name="Mailer")
    row, token = app_tokens.issue_token(app, name="first")
    assert app_tokens.find_app(token) == app
    assert token not in str(AppToken.objects.filter(pk=row.pk).values())
    assert app_tokens.find_app(token[:-1] + "?") is None


def test_a_switched_off_app_is_nobody():
    app = App.objects.create(name="Mailer", is_active=False)
    _, token = app_tokens.issue_token(app)
    assert app_tokens.find_app(token) is None


def test_the_internal_app_token_follows_from_the_secret_key(settings):
    before = internal_app_token()
    assert internal_app_token() == before
    settings.SECRET_KEY = "another"
    assert internal_app_token() != before
