"""Django's entry for this room, and the token of the store's own app (Saleor's word for a program with
rights).
"""

from django.apps import AppConfig
from django.utils.crypto import salted_hmac

OWN_APP = "cupwell.store"  # identifier of the app that the store's own pages and mails speak as


class EventsConfig(AppConfig):
    name = "store.engine.events"
    label = "events"
    verbose_name = "Apps and webhooks"


def own_token() -> str:
    """Follows from SECRET_KEY, so that it need not be kept anywhere; `manage.py prepare` gives the app this
    token.
    """
    return salted_hmac("store.engine.events.internal_app-token", OWN_APP, algorithm="sha256").hexdigest()[:40]
