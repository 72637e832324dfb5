"""Celery tasks. Each may be lost, late or delivered twice without harm: the rows are the queue."""

from celery import shared_task
from django.conf import settings

from store.mailer import alarm, inbox, reconciliation, retention, sender_threads, sending
from store.mailer import sweep as mailer_sweep
from store.mailer.bounces import sources
from store.mailer.mail_classes import MailClass
from store.mailer.models import MailPlan

SWEEP_SENDS_FOR = 15.0  # seconds for SAFETY mail and as many for the others, where the task itself sends


@shared_task(name="mailer.send_due", ignore_result=True)  # type: ignore[untyped-decorator]
def send_due(plan_id: int) -> bool:
    """Send this mail if it is due and unclaimed."""
    mail_class = MailPlan.objects.filter(pk=plan_id).values_list("mail_class", flat=True).first()
    if mail_class and sender_threads.wake(MailClass(mail_class)):
        return True
    return sending.send_due(plan_id=plan_id) > 0


@shared_task(name="mailer.sweep", ignore_result=True)  # type: ignore[untyped-decorator]
def sweep(classes: list[str] | None = None) -> int:
    chosen = tuple(MailClass(name) for name in classes) if classes else mailer_sweep.ALL_CLASSES
    mailer_sweep.recover(classes=chosen)
    if sender_threads.wake(chosen[0] if len(chosen) == 1 else None):
        return 0
    groups = [tuple(one for one in group if one in chosen) for group in sender_threads.GROUPS]
    return sum(sending.send_until_done(classes=group, seconds=SWEEP_SENDS_FOR) for group in groups if group)


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


@shared_task(name="mailer.forget_old", ignore_result=True)  # type: ignore[untyped-decorator]
def forget_old() -> int:
    """Delete what was sent too long ago."""
    return retention.forget_old()


@shared_task(name="mailer.alarm", ignore_result=True)  # type: ignore[untyped-decorator]
def send_alarm() -> bool:
    """Tell the merchant what needs a person. The web process does the same, for when no worker runs."""
    return alarm.send_if_needed()
