"""Pauses: after a failure that holds for every mail by a server, or to a domain, only one mail asks there again.

Each of the waiting mails would otherwise make a connection of its own, which is what a busy server asks not to do.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from store.mailer.models import SendingPause
from store.mailer.retry import pause_length
from store.mailer.transport import NotSent, Reach


def begin(error: NotSent, *, server: str, recipient: str) -> datetime | None:
    """Pause what the failure holds for, and return until when; None if it holds for this mail alone."""
    if error.reach is Reach.MAIL:
        return None
    scope = _server_scope(server) if error.reach is Reach.SERVER else _domain_scope(recipient)
    now = timezone.now()
    with transaction.atomic():
        found = SendingPause.objects.select_for_update().filter(scope=scope).first()
        pause = found or SendingPause(scope=scope, failures=0, until=now)
        if pause.until <= now:  # several workers that fail at the same moment count once
            pause.failures += 1
        pause.until = now + pause_length(pause.failures, throttled=error.throttled)
        pause.reason = str(error)[:2000]
        SendingPause.objects.update_or_create(
            scope=scope,
            defaults={"until": pause.until, "failures": pause.failures, "reason": pause.reason},
        )
    return pause.until


def end(*, server: str, recipients: Iterable[str]) -> None:
    """Mails were accepted: nothing holds there any more."""
    SendingPause.objects.filter(scope__in={_server_scope(server), *map(_domain_scope, recipients)}).delete()


def is_paused(server: str) -> bool:
    return active().filter(scope=_server_scope(server)).exists()


def to_paused_domains() -> Q:
    """The mails to domains that are paused."""
    condition = Q(pk__in=[])
    for scope in active().filter(scope__startswith="@").values_list("scope", flat=True):
        condition |= Q(recipient__iendswith=scope)
    return condition


def active() -> QuerySet[SendingPause]:
    return SendingPause.objects.filter(until__gt=timezone.now())


def _server_scope(server: str) -> str:
    return f"server:{server}"


def _domain_scope(recipient: str) -> str:
    return "@" + recipient.rpartition("@")[2].lower()
