"""One mail an hour at most to the merchant about what needs a person, by a mail server of its own where one is set.

It names what is wrong and how many; addresses and names of customers stay in the admin.
"""

import logging
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from store.mailer import health, transport
from store.mailer.models import Alarm
from store.mailer.planning import new_message_id

logger = logging.getLogger(__name__)
REPEAT_AFTER = timedelta(hours=24)  # what was told and is still there


def send_if_needed() -> bool:
    """Send an alarm if something new needs a person, or is still there a day later. True if one was sent."""
    if not settings.MAIL_ALARM_TO:
        return False
    stopped, concerns = health.stopped(), health.open_concerns()
    fingerprint = "|".join([stopped, *(one.code for one, _ in concerns)])
    if not stopped and not concerns:
        return False
    alarm = _begin(fingerprint, text=_text(stopped, concerns))
    return alarm is not None and _send(alarm)


def _begin(fingerprint: str, *, text: str) -> Alarm | None:
    """The row of this hour's alarm; None if it was told already, or another process or alarm has the hour."""
    now = timezone.now()
    last = Alarm.objects.order_by("-at").first()
    if last and not last.error and last.at > now - REPEAT_AFTER and _is_told(fingerprint, by=last):
        return None
    if last and last.at > now - timedelta(hours=1):
        return None
    try:
        with transaction.atomic(durable=True):
            return Alarm.objects.create(
                hour=now.strftime("%Y-%m-%dT%H"),
                recipient=settings.MAIL_ALARM_TO,
                text=text,
                fingerprint=fingerprint,
            )
    except IntegrityError:
        return None


def _is_told(fingerprint: str, *, by: Alarm) -> bool:
    return set(fingerprint.split("|")) <= set(by.fingerprint.split("|"))


def _send(alarm: Alarm) -> bool:
    try:
        second = transport.for_url(settings.MAIL_ALARM_EMAIL_URL or settings.EMAIL_URL)
        second.deliver(_envelope(alarm), lambda: None)
    except Exception as error:  # whatever it is: the next hour tries again, and the log has it
        logger.exception("the alarm could not be sent")
        Alarm.objects.filter(pk=alarm.pk).update(error=f"{type(error).__name__}: {error}")
        return False
    return True


def _envelope(alarm: Alarm) -> transport.Envelope:
    message = EmailMessage()
    message["From"] = settings.MAIL_FROM
    message["To"] = alarm.recipient
    message["Subject"] = "Your shop needs you"
    message["Date"] = format_datetime(alarm.at)
    message["Message-ID"] = new_message_id()
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(alarm.text)
    return transport.Envelope(
        message_id=message["Message-ID"],
        sender=parseaddr(settings.MAIL_FROM)[1],
        recipient=parseaddr(alarm.recipient)[1],
        content=message.as_bytes(),
    )


def _text(stopped: str, concerns: Sequence[tuple[health.Concern, int]]) -> str:
    paragraphs = [f"Mail does not leave: {stopped}."] if stopped else []
    paragraphs += [f"{one.title}: {count}\n{one.advice}" for one, count in concerns]
    paragraphs.append(f"The lists, with what you can do: {settings.PUBLIC_URL}/admin/")
    return "\n\n".join(paragraphs) + "\n"
