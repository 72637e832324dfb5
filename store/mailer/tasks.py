"""Celery's side of it: nudges. Each may be lost, late or doubled without harm."""

from celery import shared_task

from store.mailer import inbox, sending
from store.mailer import sweep as mailer_sweep
from store.mailer.mail_kinds import MailClass


@shared_task(name="mailer.send_due", ignore_result=True)  # type: ignore[untyped-decorator]
def send_due(plan_id: int) -> bool:
    """Send this row, if it is due and free."""
    return sending.send_due(plan_id=plan_id)


@shared_task(name="mailer.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep(classes: list[str] | None = None) -> int:
    chosen = tuple(MailClass(name) for name in classes) if classes else mailer_sweep.ALL_CLASSES
    return mailer_sweep.sweep(classes=chosen).worked


@shared_task(name="mailer.ingest", ignore_result=True)  # type: ignore[untyped-decorator]
def ingest(event_id: int) -> bool:
    """Plan an event that was stored and not planned."""
    return inbox.plan_stored(event_id=event_id)
