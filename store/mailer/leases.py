"""Who works on a row. One claim at a time, for a while; who is too slow finds out before sending.

PostgreSQL skips rows that another transaction has locked. SQLite has no row locks: there BEGIN IMMEDIATE
lets one writer in at a time. On both, the UPDATE repeats what was seen, so two can never hold one row.
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

from store.mailer.mail_kinds import LEASE, MailClass
from store.mailer.models import CLAIMABLE, LEASED, MailPlan, State


@dataclass(frozen=True, slots=True)
class Claim:
    plan_id: int
    token: uuid.UUID


class LeaseLost(Exception):
    """Another worker has the row now: stop, and touch nothing."""

    def __init__(self, plan_id: int) -> None:
        super().__init__(f"the lease on mail {plan_id} has run out")
        self.plan_id = plan_id


def claim_one(*, plan_id: int | None = None, classes: Iterable[MailClass] = tuple(MailClass)) -> Claim | None:
    """Take the most urgent row that is due, or just `plan_id` if that one is due and free."""
    with transaction.atomic(durable=True):
        rows = _due().filter(mail_class__in=list(classes))
        if plan_id is not None:
            rows = rows.filter(pk=plan_id)
        row = _locked(rows.order_by("priority", "next_attempt_at", "pk")).first()
        if row is None:
            return None
        token = uuid.uuid4()
        taken = MailPlan.objects.filter(pk=row.pk, state=row.state, lease_token=row.lease_token).update(
            state=State.CLAIMED, lease_token=token, lease_until=timezone.now() + LEASE
        )
        return Claim(row.pk, token) if taken else None


def renew(claim: Claim, *, lease: timedelta = LEASE) -> None:
    """Once more from now; LeaseLost when it is too late for that."""
    now = timezone.now()
    if not held(claim).filter(lease_until__gt=now).update(lease_until=now + lease):
        raise LeaseLost(claim.plan_id)


def settle(claim: Claim, **values: Any) -> bool:
    """Write the outcome and give the row free. False when it was no longer ours to write."""
    return bool(held(claim).update(lease_until=None, lease_token=None, **values))


def held(claim: Claim) -> QuerySet[MailPlan]:
    return MailPlan.objects.filter(pk=claim.plan_id, lease_token=claim.token, state__in=LEASED)


def dead() -> QuerySet[MailPlan]:
    """Rows whose worker has been silent for longer than its lease."""
    return MailPlan.objects.filter(state__in=LEASED, lease_until__lte=timezone.now())


def one_more(field: str) -> CombinedExpression:
    return F(field) + 1


def _due() -> QuerySet[MailPlan]:
    now = timezone.now()
    return MailPlan.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=now), state__in=CLAIMABLE, next_attempt_at__lte=now
    )


def _locked(rows: QuerySet[MailPlan]) -> QuerySet[MailPlan]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows
