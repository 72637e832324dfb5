"""What each kind of mail is: one record, one table. A new kind is a new record; mypy names every part that is missing.

`Kind` has the names, since the database stores them; `mail_kind` fails in mypy for a name without a record.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar, assert_never

from store.mailer import mail_contexts, plan_rules, pre_send_checks
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.models import MailPlan
from store.mailer.orders import Order
from store.mailer.plan_rules import PlannedMail
from store.mailer.pre_send_checks import Decision
from store.saleor import events

E = TypeVar("E", bound=events.AnyEvent)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind(Generic[E]):
    """Nothing has a default: each of these is a decision.

    events: any of these may cause the mail; an event carries the whole state, so that a lost one does no harm
    plan: the mails that an event causes, each with its plan key, which never causes a second mail
    check: right before sending, for the current order: None to send it, or what to do instead
    survives_cancellation: planned and sent although the order is cancelled
    template: the name of the text in guides/emails/<language>/
    context: the values for its placeholders, besides the common ones
    attaches_inserts: with the PDF of each safety insert of the order
    is_reply: shown in one thread with the order confirmation
    priority: lower is sent first
    expires_after: after it was due it is no longer sent; None: never
    """

    kind: Kind
    mail_class: MailClass
    events: tuple[type[E], ...]
    plan: Callable[[E], Iterator[PlannedMail]]
    check: Callable[[MailPlan, Order], Decision | None]
    survives_cancellation: bool
    template: Callable[[MailPlan], str]
    context: Callable[[MailPlan, Order], Mapping[str, Any]]
    attaches_inserts: bool
    is_reply: bool
    priority: int
    expires_after: timedelta | None


SAFETY_FIRST: MailKind[events.AnyEvent] = MailKind(
    kind=Kind.SAFETY_FIRST,
    mail_class=MailClass.SAFETY,
    events=(*events.PAYMENT_EVENTS, *events.FULFILLMENT_EVENTS),
    plan=plan_rules.safety_first,
    check=pre_send_checks.check_safety,
    survives_cancellation=False,
    template=lambda plan: "safety-first",
    context=mail_contexts.safety_first,
    attaches_inserts=True,
    is_reply=False,
    priority=10,
    expires_after=None,
)
ORDER_CONFIRMATION: MailKind[events.AnyEvent] = MailKind(
    kind=Kind.ORDER_CONFIRMATION,
    mail_class=MailClass.SERVICE,
    events=(*events.PAYMENT_EVENTS, *events.FULFILLMENT_EVENTS),
    plan=plan_rules.order_confirmation,
    check=pre_send_checks.check_confirmation,
    survives_cancellation=False,
    template=lambda plan: "order-confirmation",
    context=mail_contexts.order_confirmation,
    attaches_inserts=False,
    is_reply=False,
    priority=20,
    expires_after=timedelta(days=7),
)
SHIPPED: MailKind[events.FulfillmentEvent] = MailKind(
    kind=Kind.SHIPPED,
    mail_class=MailClass.SERVICE,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.shipped,
    check=pre_send_checks.check_shipped,
    survives_cancellation=False,
    template=lambda plan: "shipped",
    context=mail_contexts.shipped,
    attaches_inserts=False,
    is_reply=True,
    priority=30,
    expires_after=timedelta(days=14),
)
ORDER_CANCELLED: MailKind[events.OrderCancelled] = MailKind(
    kind=Kind.ORDER_CANCELLED,
    mail_class=MailClass.SERVICE,
    events=(events.OrderCancelled,),
    plan=plan_rules.order_cancelled,
    check=pre_send_checks.check_cancelled,
    survives_cancellation=True,
    template=lambda plan: "order-cancelled",
    context=mail_contexts.order_cancelled,
    attaches_inserts=False,
    is_reply=True,
    priority=25,
    expires_after=timedelta(days=14),
)
ORDER_REFUNDED: MailKind[events.RefundEvent] = MailKind(
    kind=Kind.ORDER_REFUNDED,
    mail_class=MailClass.SERVICE,
    events=events.REFUND_EVENTS,
    plan=plan_rules.order_refunded,
    check=pre_send_checks.check_refunded,
    survives_cancellation=True,
    template=lambda plan: "order-refunded",
    context=mail_contexts.order_refunded,
    attaches_inserts=False,
    is_reply=True,
    priority=26,
    expires_after=timedelta(days=14),
)
HOWTO: MailKind[events.FulfillmentEvent] = MailKind(
    kind=Kind.HOWTO,
    mail_class=MailClass.CARE,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.howto,
    check=pre_send_checks.check_howto,
    survives_cancellation=False,
    template=lambda plan: "how-to",
    context=mail_contexts.howto,
    attaches_inserts=False,
    is_reply=True,
    priority=40,
    expires_after=timedelta(days=30),
)


def mail_kind(kind: Kind) -> MailKind[Any]:
    match kind:
        case Kind.ORDER_CONFIRMATION:
            return ORDER_CONFIRMATION
        case Kind.SAFETY_FIRST:
            return SAFETY_FIRST
        case Kind.SHIPPED:
            return SHIPPED
        case Kind.HOWTO:
            return HOWTO
        case Kind.ORDER_CANCELLED:
            return ORDER_CANCELLED
        case Kind.ORDER_REFUNDED:
            return ORDER_REFUNDED
    assert_never(kind)


def all_kinds() -> list[MailKind[Any]]:
    """In the order in which an event plans them."""
    return [mail_kind(kind) for kind in Kind]
