"""GraphQL types of Saleor's older Payment and its transactions."""

from decimal import Decimal
from typing import Any

from django.db.models import Q

from store.engine.graphql.batching import batched
from store.engine.graphql.channel_access import reachable_payments
from store.engine.graphql.checkout.lookup import int_of, uuid_of
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.list_arguments import ListArguments, ids_in
from store.engine.graphql.payments.sources import checkout_of, order_of
from store.engine.graphql.registry import Info, SaleorType, query, restrict_fields
from store.engine.money import Money
from store.engine.payments.models import Payment as PaymentRow
from store.engine.payments.models import PaymentStep as StepRow


@query(permissions="MANAGE_ORDERS")
def payment(info: Info, *, id: str) -> PaymentRow | None:
    rows = PaymentRow.objects.filter(pk=int_of(id, "Payment"))
    return reachable_payments(rows, info.context).first()


PAYMENTS = ListArguments(
    columns={
        "ids": ids_in("pk", PaymentRow),
        "checkouts": lambda given: Q(checkout_id__in=[uuid_of(pk, "Checkout") for pk in given]),
    }
)


@query(permissions="MANAGE_ORDERS")
def payments(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    return connect(
        PAYMENTS.filtered(reachable_payments(PaymentRow.objects.all(), info.context), filter), **paging
    )


def available_actions(payment: PaymentRow) -> list[str]:
    """What staff can do with the payment in its present state."""
    if payment.captured_amount:
        return ["REFUND"]
    if payment.is_active and payment.authorized_amount:
        return ["CAPTURE", "VOID"]
    return []


def _money(payment: PaymentRow, amount: Decimal) -> Money:
    return Money(amount, payment.currency)


@restrict_fields(
    "MANAGE_ORDERS",
    fields=(
        "actions",
        "transactions",
        "available_capture_amount",
        "available_refund_amount",
        "customer_ip_address",
    ),
)
class Payment(SaleorType, model=PaymentRow):
    @staticmethod
    def created(root: PaymentRow, info: Info) -> Any:
        return root.created_at

    @staticmethod
    def modified(root: PaymentRow, info: Info) -> Any:
        return root.modified_at

    @staticmethod
    def payment_method_type(root: PaymentRow, info: Info) -> str:
        return ""

    @staticmethod
    def actions(root: PaymentRow, info: Info) -> list[str]:
        return available_actions(root)

    @staticmethod
    def total(root: PaymentRow, info: Info) -> Money:
        return _money(root, root.total)

    @staticmethod
    def captured_amount(root: PaymentRow, info: Info) -> Money:
        return _money(root, root.captured_amount)

    @staticmethod
    def available_capture_amount(root: PaymentRow, info: Info) -> Money | None:
        return _money(root, root.authorized_amount) if root.is_active and root.authorized_amount else None

    @staticmethod
    def available_refund_amount(root: PaymentRow, info: Info) -> Money | None:
        return _money(root, root.captured_amount) if root.captured_amount else None

    checkout = staticmethod(checkout_of)
    order = staticmethod(order_of)

    @staticmethod
    @batched
    def transactions(payments: list[PaymentRow], info: Info) -> list[list[StepRow]]:
        found: dict[int, list[StepRow]] = {payment.pk: [] for payment in payments}
        for step in StepRow.objects.filter(payment__in=list(found)).select_related("payment"):
            found[step.payment_id].append(step)
        return [found[payment.pk] for payment in payments]


class Transaction(SaleorType, model=StepRow):
    @staticmethod
    def id(root: StepRow, info: Info) -> str:
        return to_global_id("Transaction", root.pk)

    @staticmethod
    def created(root: StepRow, info: Info) -> Any:
        return root.created_at

    @staticmethod
    def amount(root: StepRow, info: Info) -> Money:
        return _money(root.payment, root.amount_value)
