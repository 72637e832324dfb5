"""Tokens of apps: issued once in clear text, stored as a keyed hash, looked up by that hash."""

import secrets

from store.engine.events.models import App, AppToken
from store.saleor.keyed_hashes import keyed_hash, keyed_hashes

SALT = "store.engine.events.app-token"


def issue_token(app: App, *, name: str = "", value: str | None = None) -> tuple[AppToken, str]:
    """Store a new token; returns the row and the token itself, which cannot be read back later."""
    value = value or secrets.token_urlsafe(30)[:40]
    row = AppToken.objects.create(app=app, name=name, token_hash=hash_token(value), last_4=value[-4:])
    return row, value


def find_app(value: str) -> App | None:
    """The active app that holds this token. Looked up by keyed hash, so response time reveals nothing of a token."""
    hashes = keyed_hashes(SALT, value)
    row = AppToken.objects.select_related("app").filter(token_hash__in=hashes, app__is_active=True).first()
    return row.app if row else None


def hash_token(value: str) -> str:
    return keyed_hash(SALT, value)
