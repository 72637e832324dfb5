"""The store's own app: its pages' and mails' rights in the shop. Its token follows from SECRET_KEY
(`apps.own_token`).
"""

from django.db import transaction

from store.engine.events import app_tokens, apps
from store.engine.events.models import App, AppToken
from store.engine.events.permission_codes import ALL

NAME = "Cupwell store"


def ensure_app() -> App:
    """There is one, it is active, may do everything and has the token of today's secret key, and only that."""
    with transaction.atomic():
        app, _ = App.objects.get_or_create(identifier=apps.OWN_APP, defaults={"name": NAME})
        if not app.is_active or set(app.permissions) != ALL:
            app.is_active, app.permissions = True, sorted(ALL)
            app.save(update_fields=["is_active", "permissions"])
        token = apps.own_token()
        wanted = app_tokens.hashed(token)
        app.tokens.exclude(token_hash=wanted).delete()
        AppToken.objects.get_or_create(
            token_hash=wanted, defaults={"app": app, "name": "From SECRET_KEY", "last_4": token[-4:]}
        )
    return app
