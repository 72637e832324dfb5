"""Celery tasks. They may be lost or doubled without harm: the rows say what is left to do."""

from celery import shared_task

from store.mailer import enqueue
from store.mailer.mail_classes import QUEUES, MailClass
from store.safety.recalls.approval import SCAN_TASK
from store.safety.recalls.continuing import continue_recalls as continue_all


@shared_task(name=SCAN_TASK, ignore_result=True)  # type: ignore[untyped-decorator]
def continue_recalls() -> bool:
    """Carry on all open recalls for some seconds, and again at once while orders are left."""
    is_done = continue_all()
    if not is_done:
        enqueue.send_task(SCAN_TASK, queue=QUEUES[MailClass.SAFETY])
    return is_done
