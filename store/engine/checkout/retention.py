"""Deletes carts that nobody has touched for a long time, with the addresses of people who never bought.

A checkout with money (paid, authorized, in flight or refused, by a transaction or a payment) is never deleted: the
merchant has to settle it first.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.accounts.models import Address
from store.engine.checkout.models import Checkout
from store.engine.errors import NotFound, OperationError
from store.engine.payments.models import Payment, TransactionItem
from store.engine.stock.models import Reservation

BATCH_SIZE = 200


def delete_abandoned() -> int:
    """Delete checkouts without money that are older than CHECKOUT_RETENTION_DAYS; return how many."""
    if settings.CHECKOUT_RETENTION_DAYS <= 0:
        return 0
    deleted = 0
    while batch := list(_abandoned().order_by("last_change").values_list("pk", flat=True)[:BATCH_SIZE]):
        deleted_now = _delete(batch, _abandoned())
        if not deleted_now:  # all of them are in use at this moment
            break
        deleted += deleted_now
    return deleted


def delete_one(*, checkout_id: UUID) -> None:
    """Delete a checkout without money. Raises NotFound, and OperationError for one with money."""
    if not Checkout.objects.filter(pk=checkout_id).exists():
        raise NotFound("Couldn't resolve to a node: this basket is gone.", field="id")
    if not _delete([checkout_id], _without_money()):
        message = "This cart has a payment, or is in use at this moment. Settle the payment first."
        raise OperationError(message, field="id", code="INVALID")


def forget(email: str) -> int:
    """Delete the carts without money of the address and of its account, inside the caller's transaction; returns how
    many.
    """
    return _delete_rows(_without_money().filter(pk__in=lock_carts_of(email)))


def lock_carts_of(email: str) -> list[UUID]:
    """Lock the carts of the address and of its account until commit; returns their primary keys."""
    own = Checkout.objects.filter(Q(email__iexact=email) | Q(user__email__iexact=email))
    return list(own.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _without_money() -> QuerySet[Checkout]:
    return Checkout.objects.filter(
        ~Exists(TransactionItem.objects.filter(checkout_id=OuterRef("pk"))),
        ~Exists(Payment.objects.filter(checkout_id=OuterRef("pk"))),
        completion_problem="",
    )


def _abandoned() -> QuerySet[Checkout]:
    untouched_since = timezone.now() - timedelta(days=settings.CHECKOUT_RETENTION_DAYS)
    return _without_money().filter(last_change__lt=untouched_since)


def _delete(pks: list[UUID], deletable: QuerySet[Checkout]) -> int:
    """Delete these checkouts as far as they are `deletable`, checked again under their lock; a row that somebody holds
    is left for the next time. Returns how many."""
    with transaction.atomic(durable=True):
        locked = list(
            Checkout.objects.filter(pk__in=pks)
            .order_by("pk")
            .select_for_update(skip_locked=True, of=("self",))
        )
        return _delete_rows(deletable.filter(pk__in=[checkout.pk for checkout in locked]))


def _delete_rows(locked: QuerySet[Checkout]) -> int:
    checkouts = list(locked)
    addresses = {pk for row in checkouts for pk in (row.billing_address_id, row.shipping_address_id) if pk}
    lines = [pk for row in checkouts for pk in row.lines.values_list("pk", flat=True)]
    Reservation.objects.filter(checkout_line_id__in=lines).delete()
    Checkout.objects.filter(pk__in=[row.pk for row in checkouts]).delete()
    Address.objects.filter(pk__in=addresses, users=None).delete()
    return len(checkouts)
