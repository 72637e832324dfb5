"""Checkouts that were paid, or may have been, and did not become an order: a list for the merchant, who completes or
refunds them, or settles what a payment app has not said the result of.

Payments are refused for what completion would refuse. It still happens when a payment app charges by itself, when
stock runs out while the customer pays, or when the browser is closed and automatic completion is switched off.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from store.engine.checkout import payment, queries, unanswered_payments
from store.engine.checkout.complete import CompletionOptions, complete_with_options
from store.engine.checkout.models import Checkout
from store.engine.checkout.unanswered_payments import GRACE
from store.engine.errors import OperationError
from store.engine.orders.models import Order
from store.engine.payments import transaction_events
from store.engine.payments.models import TransactionItem

NOT_FINISHED = "The customer paid and did not finish the order."
NOT_ANSWERED = "The payment app has not said whether it took the money. Look at the payment provider."
REFUND_REQUESTED = payment.REFUND_REQUESTED
HAS_MONEY = Q(charged_value__gt=0) | Q(authorized_value__gt=0)
MAY_HAVE_MONEY = HAS_MONEY | Q(awaits_result=True)


@dataclass(frozen=True, slots=True)
class PaidCheckout:
    """A checkout with money and without order. Amounts are in `currency`; `unanswered`: what apps were asked for and
    have not said the result of; `since`: when the first payment began.
    """

    checkout_id: UUID
    email: str
    currency: str
    charged: Decimal
    authorized: Decimal
    unanswered: Decimal
    reason: str
    since: datetime


def paid_checkouts_without_order() -> list[PaidCheckout]:
    """Those that completion refused, and those whose customer did nothing for GRACE; oldest payment first."""
    checkouts = {row.pk: row for row in paid_without_order()}
    payments: dict[UUID, list[TransactionItem]] = defaultdict(list)
    for item in TransactionItem.objects.filter(MAY_HAVE_MONEY, checkout_id__in=checkouts):
        assert item.checkout_id is not None
        payments[item.checkout_id].append(item)
    found = [_paid_checkout(checkouts[pk], items) for pk, items in payments.items()]
    return sorted(found, key=lambda paid: (paid.since, paid.checkout_id))


def paid_without_order() -> QuerySet[Checkout]:
    """The checkouts of `paid_checkouts_without_order`, in no order."""
    money = TransactionItem.objects.filter(MAY_HAVE_MONEY, checkout_id=OuterRef("pk"))
    idle = Q(last_change__lt=timezone.now() - GRACE)
    return Checkout.objects.filter(
        ~Q(completion_problem="") | idle, Exists(money), has_order=False
    ).order_by()


def _paid_checkout(checkout: Checkout, items: list[TransactionItem]) -> PaidCheckout:
    unanswered = [item for item in items if item.awaits_result]
    return PaidCheckout(
        checkout_id=checkout.pk,
        email=checkout.email or "",
        currency=checkout.currency,
        charged=sum((item.charged_value for item in items), Decimal(0)),
        authorized=sum((item.authorized_value for item in items), Decimal(0)),
        unanswered=sum(map(unanswered_payments.amount_asked_for, unanswered), Decimal(0)),
        reason=checkout.completion_problem or (NOT_ANSWERED if unanswered else NOT_FINISHED),
        since=min(item.created_at for item in items),
    )


def complete(*, checkout_id: UUID) -> Order:
    """Try again to make the order, for instance after stock has come in, by staff: also while an app has not said the
    result of a payment, which goes on to be asked for at the order. Raises as `checkout.complete.complete`.
    """
    return complete_with_options(checkout_id, CompletionOptions(allow_unanswered=True))


def refund(
    *,
    checkout_id: UUID,
    user_id: int | None = None,
    request_key: str | None = None,
    expired: Callable[[], bool] | None = None,
) -> list[TransactionItem]:
    """Request all money back: charges are refunded, authorizations canceled. The checkout stays and can't be completed
    meanwhile. A `request_key` that was used before requests nothing again. With `expired`, which is asked when the
    checkout is locked, nothing is requested of a checkout that is not, or no longer.

    An expired checkout counts as released once everything was requested: what a process that died had not requested is
    requested by the next sweep that finds the checkout, under the same keys. What was paid since the release began is
    none of it. The customer is told of what goes back (`returned_money`).

    Raises NotFound, and OperationError if a gateway can't be asked or refuses; other requests are made all the same.
    """
    with transaction.atomic(durable=True):
        checkout = queries.lock(checkout_id)
        paid = TransactionItem.objects.filter(HAS_MONEY, checkout_id=checkout_id)
        began = None
        if expired is not None:
            if not expired():
                return []
            request_key = _release_key(checkout)
            began = checkout.funds_release_began_at or timezone.now()
            paid = paid.filter(created_at__lte=began)
        checkout.funds_release_began_at = began
        checkout.completion_problem = REFUND_REQUESTED
        checkout.save(update_fields=["completion_problem", "funds_release_began_at", "last_change"])
        items = list(paid.order_by("pk"))
    wanted = [(item, "REFUND") for item in items if item.charged_value > 0]
    wanted += [(item, "CANCEL") for item in items if item.authorized_value > 0]
    problems = [
        (item, problem)
        for item, action in wanted
        if (problem := _request(item, action, user_id, request_key)) is not None
    ]
    _record_requests(checkout_id, problems, released_at=began)
    if problems:
        raise problems[0][1]
    return items


def _release_key(checkout: Checkout) -> str:
    """One for each release of the checkout's money, whichever process asks and however often."""
    before = checkout.funds_released_at
    return f"release:{checkout.pk}:{before.timestamp() if before else 0:.6f}"


def _record_requests(
    checkout_id: UUID,
    problems: list[tuple[TransactionItem, OperationError]],
    *,
    released_at: datetime | None,
) -> None:
    """Say on the merchant's list what was refused; a payment whose app is still being asked was not."""
    with transaction.atomic(durable=True):
        checkout = Checkout.objects.select_for_update().filter(pk=checkout_id).first()
        if checkout is None:  # it has become an order
            return
        refused = [error for item, error in problems if not transaction_events.is_being_refunded([item])]
        if refused:
            checkout.completion_problem = payment.not_given_back(refused[0].message)
        checkout.funds_released_at = released_at or checkout.funds_released_at
        checkout.funds_release_began_at = None
        checkout.save(update_fields=["completion_problem", "funds_released_at", "funds_release_began_at"])


def _request(
    item: TransactionItem, action: str, user_id: int | None, request_key: str | None
) -> OperationError | None:
    """Request it; return why it was refused."""
    try:
        payment.request_action(
            transaction_id=item.pk,
            action=action,
            user_id=user_id,
            request_key=request_key and f"{request_key}:{action}:{item.pk}",
            of_checkout=item.checkout_id,
        )
    except OperationError as refused:
        return refused
    return None
