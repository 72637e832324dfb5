"""Reports that a mail provider sends as webhooks, read by django-anymail, which is imported only where one is set.

A provider names a mail in its own way. We give each mail our Message-ID as data that the provider sends back; without
it the id is looked for in Message-IDs and in what the provider's mail server answered to the final dot.
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from datetime import timedelta
from importlib import import_module
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from store.mailer.bounces.parsing import Report
from store.mailer.bounces.recording import record
from store.mailer.models import DeliveryReport, MailAttempt
from store.mailer.providers import MAIL, PROVIDERS, Provider

logger = logging.getLogger(__name__)
Kind = DeliveryReport.Kind
View = Callable[[HttpRequest], HttpResponse]
REPORTED_WITHIN = timedelta(
    days=10
)  # after sending; RFC 5321 (4.5.4.1) has servers try for four to five days
_STATUS = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")
# Anymail's names of events. What is opened or clicked is not asked for and not kept.
_KINDS: Mapping[str, Kind] = {
    "bounced": Kind.BOUNCED,
    "rejected": Kind.BOUNCED,
    "failed": Kind.BOUNCED,
    "deferred": Kind.DELAYED,
    "delivered": Kind.DELIVERED,
    "complained": Kind.COMPLAINT,
}


def webhook_view(provider: Provider) -> View:
    """Anymail's view: checks who asks, reads the events, and hands each to `record_event`."""
    from anymail.signals import tracking

    tracking.connect(record_event, dispatch_uid="store.mailer")
    module = import_module(f"anymail.webhooks.{provider.module}")
    view_class = getattr(module, provider.view)
    if provider is PROVIDERS["amazon-ses"]:
        view_class = _without_boto3(view_class)
    view: View = view_class.as_view()
    return view


def _without_boto3(view_class: Any) -> Any:
    """Anymail's view for Amazon SES asks for boto3 at its start, with which it only confirms subscriptions."""
    from anymail.webhooks.base import AnymailBaseWebhookView

    def start(self: Any, **kwargs: Any) -> None:
        AnymailBaseWebhookView.__init__(self, **kwargs)

    def tell(self: Any, sns_message: Mapping[str, Any]) -> None:
        logger.warning("to get reports of Amazon SES, open once: %s", sns_message.get("SubscribeURL"))

    own = {"__init__": start, "auto_confirm_sns_subscription": tell}
    return type("ReportsOfAmazonSES", (view_class,), own)


def record_event(sender: object, event: Any, esp_name: str, **kwargs: object) -> None:
    """Record an anymail.signals.AnymailTrackingEvent, unless it is of no use here."""
    kind = _KINDS.get(event.event_type)
    if kind == Kind.BOUNCED and _is_soft(event.esp_event):
        kind = Kind.DELAYED
    if kind is not None and event.recipient:
        record(_report(event, kind, esp_name))


def _is_soft(raw: object) -> bool:
    """A full mailbox, or an answer of somebody who is away, which anymail calls bounced like an unknown address.

    raw: the provider's own event; Mailgun's of this sort are deferred for anymail already
    """
    if not isinstance(raw, Mapping):
        return False
    bounce = raw.get("bounce")  # of Amazon SES
    if isinstance(bounce, Mapping):
        return bounce.get("bounceType") != "Permanent"
    return raw.get("event") == "soft_bounce" or raw.get("Type") == "SoftBounce"


def _report(event: Any, kind: Kind, provider: str) -> Report:
    reason = " ".join(str(part) for part in (event.description, event.mta_response) if part)
    return Report(
        digest=_digest(event, provider),
        kind=kind,
        message_id=_message_id(event),
        recipient=event.recipient,
        status=_status(event, reason),
        reason=" ".join(f"{provider}: {reason or event.event_type}".split())[:2000],
    )


def _digest(event: Any, provider: str) -> str:
    """The same when the provider repeats its request, whatever id it gives that."""
    at = event.timestamp.isoformat() if event.timestamp else event.event_id
    parts = (provider, event.event_type, event.message_id, event.recipient, at, event.mta_response)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _status(event: Any, reason: str) -> str:
    """The enhanced code of the recipient's server. 5.1.1 where the provider only says that the address is wrong."""
    if found := _STATUS.search(reason):
        return found[0]
    return "5.1.1" if event.reject_reason == "invalid" else ""


def _message_id(event: Any) -> str:
    """Our Message-ID; "" if the event is about no mail of this shop."""
    metadata = event.metadata if isinstance(event.metadata, dict) else {}
    if own := metadata.get(MAIL):
        return f"<{str(own).strip('<>')}>"
    theirs = str(event.message_id or "").strip("<>")
    if not theirs:
        return ""
    if MailAttempt.objects.filter(message_id=f"<{theirs}>").exists():
        return f"<{theirs}>"
    attempts = MailAttempt.objects.filter(
        recipient__iexact=event.recipient,
        started_at__gt=timezone.now() - REPORTED_WITHIN,
        reply__contains=theirs,
    )
    return attempts.order_by("-pk").values_list("message_id", flat=True).first() or ""
