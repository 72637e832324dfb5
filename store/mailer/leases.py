"""Leases: at most one worker holds a row, for a limited time, and notices before sending that its lease expired.

PostgreSQL skips rows locked by another transaction. SQLite has no row locks; there BEGIN IMMEDIATE serializes writers.
On both, the UPDATE repeats the state and token that were read, so two workers can never hold one row.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.expressions import CombinedExpression
from django.utils import timezone

from store.mailer import pauses, transport
from store.mailer.mail_classes import LEASE, MailClass
from store.mailer.models import CLAIMABLE, LEASED, MailPlan, State
from store.mailer.shops import of_current_shop


@dataclass(frozen=True, slots=True)
class Claim:
    """A worker's hold on a row; `token` identifies the lease."""

    plan_id: int
    token: uuid.UUID


class LeaseLost(Exception):
    """The lease expired and the row may belong to another worker: stop without writing."""

    def __init__(self, plan_id: int) -> None:
        super().__init__(f"the lease on mail {plan_id} has run out")
        self.plan_id = plan_id


def claim_due(*, plan_id: int | None = None, classes: Iterable[MailClass] = tuple(MailClass)) -> Claim | None:
    """Claim the most urgent due row, or only `plan_id`. None if nothing is due, it is taken, or sending is paused."""
    if pauses.is_paused(transport.current().name):
        return None
    with transaction.atomic(durable=True):
        rows = _due_rows().filter(mail_class__in=list(classes))
        if plan_id is not None:
            rows = rows.filter(pk=plan_id)
        row = _skip_locked(rows.order_by("priority", "next_attempt_at", "pk")).first()
        if row is None:
            return None
        token = uuid.uuid4()
        updated = MailPlan.objects.filter(pk=row.pk, state=row.state, lease_token=row.lease_token).update(
            state=State.CLAIMED, lease_token=token, lease_until=timezone.now() + LEASE
        )
        return Claim(row.pk, token) if updated else None


def renew_lease(claim: Claim, *, lease: timedelta = LEASE) -> None:
    """Extend the lease to `lease` from now. Raises LeaseLost if it has expired."""
    now = timezone.now()
    if not claimed_row(claim).filter(lease_until__gt=now).update(lease_until=now + lease):
        raise LeaseLost(claim.plan_id)


def complete_claim(claim: Claim, **values: Any) -> bool:
    """Write the outcome and end the lease. False (and nothing written) if the row is no longer held by this claim."""
    return bool(claimed_row(claim).update(lease_until=None, lease_token=None, **values))


def claimed_row(claim: Claim) -> QuerySet[MailPlan]:
    """The row if this claim still holds it, else nothing. For guarded updates."""
    return MailPlan.objects.filter(pk=claim.plan_id, lease_token=claim.token, state__in=LEASED)


def expired_leases() -> QuerySet[MailPlan]:
    """Rows whose worker did not renew its lease in time."""
    return MailPlan.objects.filter(state__in=LEASED, lease_until__lte=timezone.now())


def incremented(field: str) -> CombinedExpression:
    return F(field) + 1


def _due_rows() -> QuerySet[MailPlan]:
    now = timezone.now()
    return MailPlan.objects.filter(
        of_current_shop(),
        Q(expires_at=None) | Q(expires_at__gt=now),
        state__in=CLAIMABLE,
        next_attempt_at__lte=now,
    ).exclude(pauses.to_paused_domains())


def _skip_locked(rows: QuerySet[MailPlan]) -> QuerySet[MailPlan]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows
