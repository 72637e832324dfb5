"""Sentences that the wording check refused, listed in the admin for the person who may release them.

A refused text leaves no trace in the transaction that is rolled back, so the sentences are collected while a request is
served (`recording`) and written after it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from store.engine.channels.models import RefusedSentence, Waiver
from store.engine.events import current_actor
from store.engine.ports import Claim

OPEN_DAYS = 30  # days after the last attempt to save it in which a sentence is listed


@dataclass(frozen=True, slots=True)
class Refusal:
    """`where`: names the object and field, as in a waiver. `digest`: of rule and sentence."""

    claim: Claim
    digest: str
    where: str


_refusals: ContextVar[list[Refusal] | None] = ContextVar("refusals", default=None)


@contextmanager
def recording() -> Iterator[None]:
    """Write the sentences that are refused inside the block when it ends, whatever became of its transactions."""
    refusals: list[Refusal] = []
    reset_token = _refusals.set(refusals)
    try:
        yield
    finally:
        _refusals.reset(reset_token)
        _write(refusals)


def add(refusals: Sequence[Refusal]) -> None:
    """Note refused sentences; does nothing outside `recording`."""
    collected = _refusals.get()
    if collected is not None:
        collected.extend(refusals)


def open_sentences() -> "models.QuerySet[RefusedSentence]":
    """Refused of late and not released."""
    since = timezone.now() - timedelta(days=OPEN_DAYS)
    return RefusedSentence.objects.filter(last_at__gte=since).exclude(
        digest__in=Waiver.objects.values("digest")
    )


def _write(refusals: Sequence[Refusal]) -> None:
    if not refusals:
        return
    actor = current_actor.current()
    with transaction.atomic():
        for refusal in {refusal.digest: refusal for refusal in refusals}.values():
            RefusedSentence.objects.update_or_create(
                digest=refusal.digest,
                defaults={
                    "rule": refusal.claim.rule,
                    "about": refusal.claim.about,
                    "words": refusal.claim.words,
                    "sentence": refusal.claim.sentence,
                    "markets": list(refusal.claim.markets),
                    "where": refusal.where[:255],
                    "actor_kind": actor.kind,
                    "actor_pk": actor.pk,
                    "last_at": timezone.now(),
                },
            )
