"""Django app configuration, and the token of the internal app (an "app" is Saleor's word for a client with
permissions).
"""

from django.apps import AppConfig, apps
from django.db.models.signals import pre_save
from django.utils.crypto import salted_hmac

from store.engine.fields import check_metadata_size, check_text_lengths

INTERNAL_APP_IDENTIFIER = "cupwell.store"  # the app that the store's own pages and mails authenticate as


class EventsConfig(AppConfig):
    name = "store.engine.events"
    label = "events"
    verbose_name = "Apps and webhooks"

    def ready(self) -> None:
        for config in apps.get_app_configs():
            if config.name.startswith("store.engine."):
                for model in config.get_models():
                    pre_save.connect(check_text_lengths, sender=model)
                    pre_save.connect(check_metadata_size, sender=model)


def internal_app_token() -> str:
    """Derived from SECRET_KEY, so that it need not be stored in clear text; `manage.py prepare` gives it to the app."""
    message = INTERNAL_APP_IDENTIFIER
    return salted_hmac("store.engine.events.internal_app-token", message, algorithm="sha256").hexdigest()[:40]
