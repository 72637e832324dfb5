"""Celery tasks. Each may be lost, late or delivered twice without harm: the rows are the queue."""

from celery import shared_task
from django.conf import settings

from store.mailer import alarm, inbox, reconciliation, sending
from store.mailer import sweep as mailer_sweep
from store.mailer.bounces import sources
from store.mailer.mail_classes import MailClass


@shared_task(name="mailer.send_due", ignore_result=True)  # type: ignore[untyped-decorator]
def send_due(plan_id: int) -> bool:
    """Send this mail if it is due and unclaimed."""
    return sending.send_due(plan_id=plan_id)


@shared_task(name="mailer.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep(classes: list[str] | None = None) -> int:
    chosen = tuple(MailClass(name) for name in classes) if classes else mailer_sweep.ALL_CLASSES
    return mailer_sweep.sweep(classes=chosen).processed


@shared_task(name="mailer.ingest", ignore_result=True)  # type: ignore[untyped-decorator]
def ingest(event_id: int) -> bool:
    """Plan the mails of a stored event."""
    return inbox.plan_stored(event_id=event_id)


@shared_task(name="mailer.reconcile", ignore_result=True)  # type: ignore[untyped-decorator]
def reconcile() -> int:
    """Plan the mails of paid orders of which no event told."""
    return reconciliation.plan_missing()


@shared_task(name="mailer.read_bounces", ignore_result=True)  # type: ignore[untyped-decorator]
def read_bounces() -> int:
    """Take in the reports that arrived in the mailbox for bounces."""
    return sources.read_imap(settings.MAIL_BOUNCE_URL)


@shared_task(name="mailer.alarm", ignore_result=True)  # type: ignore[untyped-decorator]
def send_alarm() -> bool:
    """Tell the merchant what needs a person. The web process does the same, for when no worker runs."""
    return alarm.send_if_needed()
