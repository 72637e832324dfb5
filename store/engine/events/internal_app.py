"""The internal app: the identity and permissions that the store's own pages and mails use at the API."""

from django.db import transaction

from store.engine.events import app_tokens, apps
from store.engine.events.models import App, AppToken
from store.engine.events.permission_codes import ALL_PERMISSIONS

NAME = "Cupwell store"


def ensure_app() -> App:
    """Create or repair the internal app: active, all permissions, and as its only token that of today's SECRET_KEY."""
    with transaction.atomic():
        app, _ = App.objects.get_or_create(identifier=apps.INTERNAL_APP_IDENTIFIER, defaults={"name": NAME})
        if not app.is_active or set(app.permissions) != ALL_PERMISSIONS:
            app.is_active, app.permissions = True, sorted(ALL_PERMISSIONS)
            app.save(update_fields=["is_active", "permissions"])
        token = apps.internal_app_token()
        token_hash = app_tokens.hash_token(token)
        app.tokens.exclude(token_hash=token_hash).delete()
        AppToken.objects.get_or_create(
            token_hash=token_hash, defaults={"app": app, "name": "From SECRET_KEY", "last_4": token[-4:]}
        )
    return app
