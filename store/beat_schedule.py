"""The schedule of Celery beat: the periodic tasks of all packages."""

from typing import Any

from django.conf import settings


def beat_schedule() -> dict[str, Any]:
    """Schedule entries by name, for `app.conf.beat_schedule`; those of the engine only when it is
    embedded, else those of a real Saleor.

    The packages are imported late: their tasks import models, which need a loaded app registry.
    """
    from store.back_in_stock import beat_schedule as back_in_stock_beat_schedule
    from store.engine.accounts import tasks as accounts_tasks
    from store.engine.caching import tasks as caching_tasks
    from store.engine.catalog import tasks as catalog_tasks
    from store.engine.checkout import tasks as checkout_tasks
    from store.engine.events import app_installation_tasks
    from store.engine.events import tasks as events_tasks
    from store.engine.stock import tasks as stock_tasks
    from store.mailer import beat_schedule as mailer_beat_schedule
    from store.safety import beat_schedule as safety_beat_schedule
    from store.saleor_app import beat_schedule as saleor_app_beat_schedule
    from store.storefront import beat_schedule as storefront_beat_schedule

    own = (
        checkout_tasks.BEAT
        | events_tasks.BEAT
        | app_installation_tasks.BEAT
        | caching_tasks.BEAT
        | catalog_tasks.BEAT
        | stock_tasks.BEAT
        if settings.EMBEDDED
        else saleor_app_beat_schedule.BEAT_SCHEDULE | storefront_beat_schedule.BEAT_SCHEDULE
    )
    return (
        mailer_beat_schedule.BEAT_SCHEDULE
        | safety_beat_schedule.BEAT_SCHEDULE
        | back_in_stock_beat_schedule.BEAT_SCHEDULE
        | accounts_tasks.BEAT
        | own
    )
