"""The hallway: the only place that sees both sides. Decides who answers the store's GraphQL and who hears of events."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.backends.signals import connection_created

from store.saleor import clients
from store.saleor.transports import HttpTransport, InProcessTransport


class Wiring(AppConfig):
    name = "store"
    label = "wiring"

    def ready(self) -> None:
        from store.guidebook.wording import published_pages
        from store.mailer import links
        from store.storefront.orders import order_url
        from store.storefront.page_crawler import every_page

        links.use(order_page=order_url)  # mail may not look up at the pages, yet it shows the way to them
        published_pages.use(every_page, kept=_is_kept if settings.EMBEDDED else _nobody_keeps)
        import_module("store.celery")  # whoever nudges must speak to our broker, not to Celery's own default
        if settings.EMBEDDED:
            _connect_engine()
        else:
            clients.connect(HttpTransport(settings.SALEOR_API_URL), staff_token=settings.SALEOR_APP_TOKEN)


def _is_kept(finding: Any) -> bool:
    """Does somebody at the desk stand by this sentence?"""
    from store.engine.channels import wording

    return wording.is_kept(finding.id, finding.sentence)


def _nobody_keeps(finding: Any) -> bool:
    return False  # a real Saleor has no such list


def guard_requests() -> None:
    """In a process that answers requests, the database gives up on a statement that takes too long."""
    if settings.EMBEDDED:
        from store.engine.graphql.deadline import guard_statements

        connection_created.connect(guard_statements, dispatch_uid="statement timeout")


def warm() -> None:
    """Do before the first request what the first requests would otherwise all do at once: build the schema."""
    if settings.EMBEDDED:
        from store.engine.graphql.schema import schema

        schema()


def _connect_engine() -> None:
    """Embedded: the engine answers in process, and the mailer hears of events in the worker."""
    from store.engine.catalog import publication
    from store.engine.channels import wording
    from store.engine.events import apps, listeners, payload_rendering
    from store.engine.graphql.serve import render_subscription, serve
    from store.guidebook.publication_requirements import complaints
    from store.guidebook.wording.merchant_text import objections
    from store.mailer import inbox

    clients.connect(InProcessTransport(serve), staff_token=apps.own_token())
    payload_rendering.use(render_subscription)
    listeners.register("mailer", inbox.SUBSCRIPTION, _to_the_mailer)
    wording.use(objections)
    publication.use(complaints)


def _to_the_mailer(payload: dict[str, Any]) -> None:
    from store.mailer import inbox

    inbox.receive(payload, source="engine")


def beat_schedule() -> dict[str, Any]:
    """What happens again and again, each named by the room that does it."""
    from store.engine.caching import tasks as shop_tasks
    from store.engine.checkout import tasks as checkout
    from store.engine.events import tasks as hooks
    from store.mailer import beat_schedule as mailer_beat_schedule

    embedded = checkout.BEAT | hooks.BEAT | shop_tasks.BEAT if settings.EMBEDDED else {}
    return mailer_beat_schedule.BEAT_SCHEDULE | embedded
