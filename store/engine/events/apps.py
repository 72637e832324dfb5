"""Django app configuration, and the token of the internal app (an "app" is Saleor's word for a client with
permissions).
"""

from django.apps import AppConfig
from django.utils.crypto import salted_hmac

INTERNAL_APP_IDENTIFIER = "cupwell.store"  # the app that the store's own pages and mails authenticate as


class EventsConfig(AppConfig):
    name = "store.engine.events"
    label = "events"
    verbose_name = "Apps and webhooks"


def internal_app_token() -> str:
    """Derived from SECRET_KEY, so that it need not be stored in clear text; `manage.py prepare` gives it to the app."""
    message = INTERNAL_APP_IDENTIFIER
    return salted_hmac("store.engine.events.internal_app-token", message, algorithm="sha256").hexdigest()[:40]
