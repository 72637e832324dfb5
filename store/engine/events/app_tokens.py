"""Tokens of apps: issued once in clear text, stored as a keyed hash, looked up by that hash."""

import hmac
import secrets

from django.utils.crypto import salted_hmac

from store.engine.events.models import App, AppToken


def issue_token(app: App, *, name: str = "", value: str | None = None) -> tuple[AppToken, str]:
    """Store a new token; returns the row and the token itself, which cannot be read back later."""
    value = value or secrets.token_urlsafe(30)[:40]
    row = AppToken.objects.create(app=app, name=name, token_hash=hash_token(value), last_4=value[-4:])
    return row, value


def find_app(value: str) -> App | None:
    """The active app that holds this token. Looked up by keyed hash, so response time reveals nothing of a token."""
    token_hash = hash_token(value)
    row = AppToken.objects.select_related("app").filter(token_hash=token_hash, app__is_active=True).first()
    if row is None or not hmac.compare_digest(row.token_hash, token_hash):
        return None
    return row.app


def hash_token(value: str) -> str:
    return salted_hmac("store.engine.events.app-token", value, algorithm="sha256").hexdigest()
