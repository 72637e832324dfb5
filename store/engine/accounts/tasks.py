"""Celery task that deletes sessions that are over: those of the desk, with a real Saleor behind the store as well."""

from importlib import import_module

from celery import shared_task
from django.conf import settings


@shared_task(name="accounts.clear_sessions")  # type: ignore[untyped-decorator]
def clear_sessions() -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


BEAT = {"clear sessions": {"task": "accounts.clear_sessions", "schedule": 24 * 3600.0}}
