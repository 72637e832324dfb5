"""The guidebook as a Django app: system checks, management commands, PNG figures as static files."""

from django.apps import AppConfig


class Guidebook(AppConfig):
    name = "store.guidebook"
    label = "guidebook"

    def ready(self) -> None:
        from store.guidebook import checks  # noqa: F401 (registers the checks)
