"""Tokens of apps: made, shown once, kept as a keyed hash, recognised."""

import hmac
import secrets

from django.utils.crypto import salted_hmac

from store.engine.events.models import App, AppToken


def new_token(app: App, *, name: str = "", value: str | None = None) -> tuple[AppToken, str]:
    """The row and the token itself, which can't be had again."""
    value = value or secrets.token_urlsafe(30)[:40]
    row = AppToken.objects.create(app=app, name=name, token_hash=hashed(value), last_4=value[-4:])
    return row, value


def app_of(value: str) -> App | None:
    """The active app that holds this token. Looked up by its keyed hash, which nobody outside can steer."""
    wanted = hashed(value)
    row = AppToken.objects.select_related("app").filter(token_hash=wanted, app__is_active=True).first()
    if row is None or not hmac.compare_digest(row.token_hash, wanted):
        return None
    return row.app


def hashed(value: str) -> str:
    return salted_hmac("store.engine.events.app-token", value, algorithm="sha256").hexdigest()
