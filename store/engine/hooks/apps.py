"""Django's entry for this room; apps of the shop (Saleor's word) are in `models` and `tokens`."""

from django.apps import AppConfig


class Hooks(AppConfig):
    name = "store.engine.hooks"
    label = "hooks"
    verbose_name = "Apps and webhooks"
