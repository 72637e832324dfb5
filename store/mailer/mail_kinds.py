"""What each kind of mail is: one record, one table. A new kind is a new record; mypy names every part that is missing.

`Kind` has the names, since the database stores them; `mail_kind` fails in mypy for a name without a record.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, Protocol, TypeVar, assert_never

from store.mailer import (
    accounts,
    gift_cards,
    low_stock_mails,
    mail_contexts,
    merchant_messages,
    orders,
    plan_rules,
    pre_send_checks,
    recalls,
    returned_payment_mails,
    stock_notices,
)
from store.mailer.accounts import Account
from store.mailer.gift_cards import GiftCard
from store.mailer.low_stock_mails import LowStock
from store.mailer.mail_classes import Kind, MailClass
from store.mailer.merchant_messages import ToMerchant
from store.mailer.models import MailPlan
from store.mailer.orders import Order
from store.mailer.plan_rules import PlannedMail
from store.mailer.pre_send_checks import Decision
from store.mailer.recalls import RecallNotice
from store.mailer.returned_payment_mails import ReturnedPayment
from store.mailer.stock_notices import StockNotice
from store.mailer.timing import DAYTIME, NOT_AT_NIGHT, Hours
from store.saleor import events

E = TypeVar("E", bound=events.AnyEvent | events.AccountEvent | events.GiftCardSent)
A = TypeVar("A", bound=events.AccountEvent)
About = Order | Account | GiftCard | LowStock | RecallNotice | ReturnedPayment | ToMerchant | StockNotice
S = TypeVar("S", Order, Account, GiftCard, LowStock, RecallNotice, ReturnedPayment, ToMerchant, StockNotice)
S_co = TypeVar("S_co", covariant=True)


class FetchAll(Protocol[S_co]):
    def __call__(
        self, plans: Sequence[MailPlan], /, *, ends_at: float
    ) -> Mapping[int, S_co | Exception | None]: ...


@dataclass(frozen=True, slots=True)
class Subject(Generic[S]):
    """What a mail is about.

    fetch: its current state, None if it is gone
    fetch_all: the same for several mails, by primary key; an error of one mail is its value (see `fetch_each`)
    context: the values of any text
    personal: those that only one reader has and that texts do nothing with but print (see `personal_values`)
    """

    fetch: Callable[[MailPlan], S | None]
    fetch_all: FetchAll[S]
    context: Callable[[MailPlan, S], Mapping[str, Any]]
    personal: frozenset[str]


ABOUT_ORDER = Subject(
    orders.fetch_for,
    orders.fetch_all,
    mail_contexts.common,
    frozenset({"first_name", "order_number", "order_url", "preferences_url"}),
)
ABOUT_ACCOUNT = Subject(
    accounts.fetch, accounts.fetch_all, mail_contexts.account, frozenset({"first_name", "email", "link"})
)
ABOUT_GIFT_CARD = Subject(gift_cards.fetch, gift_cards.fetch_all, gift_cards.context, frozenset({"code"}))
ABOUT_LOW_STOCK = Subject(
    low_stock_mails.fetch, low_stock_mails.fetch_all, low_stock_mails.context, frozenset()
)
ABOUT_RECALL = Subject(
    recalls.fetch,
    recalls.fetch_all,
    recalls.context,
    frozenset({"first_name", "orders", "lots", "answer_url"}),
)
ABOUT_RETURNED_PAYMENT = Subject(
    returned_payment_mails.fetch,
    returned_payment_mails.fetch_all,
    returned_payment_mails.context,
    frozenset(),
)
ABOUT_MESSAGE = Subject(
    merchant_messages.fetch, merchant_messages.fetch_all, merchant_messages.context, frozenset()
)
ABOUT_STOCK = Subject(
    stock_notices.fetch,
    stock_notices.fetch_all,
    stock_notices.context,
    frozenset({"confirm_url", "stop_url"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailKind(Generic[E, S]):
    """Nothing has a default: each of these is a decision.

    about: the order, the account, the recall notice, the message to the merchant or the request of who waits for stock
    events: any of these may cause the mail; an event carries the whole state, so that a lost one does no harm
    plan: the mails that an event causes, each with its plan key, which never causes a second mail
    check: right before sending, for the current order: None to send it, or what to do instead
    survives_cancellation: planned and sent although the order is cancelled
    template: the name of the text in guides/emails/<language>/
    context: the values for its placeholders, besides the common ones
    attaches: the safety inserts, by slug, whose PDF comes with it
    is_reply: shown in one thread with the order confirmation
    hours: of the day at the recipient's place; None: at any time
    priority: lower is sent first
    expires_after: after it was due it is no longer sent; None: never
    """

    kind: Kind
    mail_class: MailClass
    about: Subject[S]
    events: tuple[type[E], ...]
    plan: Callable[[E], Iterator[PlannedMail]]
    check: Callable[[MailPlan, S], Decision | None]
    survives_cancellation: bool
    template: Callable[[MailPlan], str]
    context: Callable[[MailPlan, S], Mapping[str, Any]]
    attaches: Callable[[MailPlan, S], Sequence[str]]
    is_reply: bool
    hours: Hours | None
    priority: int
    expires_after: timedelta | None


def nothing(plan: MailPlan, about: About) -> Sequence[str]:
    return ()


SAFETY_FIRST: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.SAFETY_FIRST,
    mail_class=MailClass.SAFETY,
    about=ABOUT_ORDER,
    events=(*events.PAYMENT_EVENTS, *events.FULFILLMENT_EVENTS),
    plan=plan_rules.safety_first,
    check=pre_send_checks.check_safety,
    survives_cancellation=False,
    template=lambda plan: "safety-first",
    context=mail_contexts.safety_first,
    attaches=lambda plan, order: mail_contexts.known_inserts(order),
    is_reply=False,
    hours=None,
    priority=10,
    expires_after=None,
)
ORDER_CONFIRMATION: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.ORDER_CONFIRMATION,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=(*events.PAYMENT_EVENTS, *events.FULFILLMENT_EVENTS),
    plan=plan_rules.order_confirmation,
    check=pre_send_checks.check_confirmation,
    survives_cancellation=False,
    template=lambda plan: "order-confirmation",
    context=mail_contexts.order_confirmation,
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=20,
    expires_after=timedelta(days=7),
)
SHIPPED: MailKind[events.FulfillmentEvent, Order] = MailKind(
    kind=Kind.SHIPPED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.shipped,
    check=pre_send_checks.check_shipped,
    survives_cancellation=False,
    template=lambda plan: "shipped",
    context=mail_contexts.shipped,
    attaches=nothing,
    is_reply=True,
    hours=NOT_AT_NIGHT,
    priority=30,
    expires_after=timedelta(days=14),
)
ORDER_CANCELLED: MailKind[events.OrderCancelled, Order] = MailKind(
    kind=Kind.ORDER_CANCELLED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=(events.OrderCancelled,),
    plan=plan_rules.order_cancelled,
    check=pre_send_checks.check_cancelled,
    survives_cancellation=True,
    template=lambda plan: "order-cancelled",
    context=mail_contexts.order_cancelled,
    attaches=nothing,
    is_reply=True,
    hours=None,
    priority=25,
    expires_after=timedelta(days=14),
)
ORDER_REFUNDED: MailKind[events.RefundEvent, Order] = MailKind(
    kind=Kind.ORDER_REFUNDED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=events.REFUND_EVENTS,
    plan=plan_rules.order_refunded,
    check=pre_send_checks.check_refunded,
    survives_cancellation=True,
    template=lambda plan: "order-refunded",
    context=mail_contexts.order_refunded,
    attaches=nothing,
    is_reply=True,
    hours=None,
    priority=26,
    expires_after=timedelta(days=14),
)
HOWTO: MailKind[events.FulfillmentEvent, Order] = MailKind(
    kind=Kind.HOWTO,
    mail_class=MailClass.CARE,
    about=ABOUT_ORDER,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.howto,
    check=pre_send_checks.check_howto,
    survives_cancellation=False,
    template=lambda plan: "how-to",
    context=mail_contexts.howto,
    attaches=nothing,
    is_reply=True,
    hours=DAYTIME,
    priority=40,
    expires_after=timedelta(days=30),
)


AREA: MailKind[events.FulfillmentEvent, Order] = MailKind(
    kind=Kind.AREA,
    mail_class=MailClass.CARE,
    about=ABOUT_ORDER,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.area,
    check=pre_send_checks.check_area,
    survives_cancellation=False,
    template=lambda plan: "area" if plan.about else "areas",
    context=mail_contexts.area,
    attaches=nothing,
    is_reply=True,
    hours=DAYTIME,
    priority=41,
    expires_after=timedelta(days=30),
)
CARE: MailKind[events.FulfillmentEvent, Order] = MailKind(
    kind=Kind.CARE,
    mail_class=MailClass.CARE,
    about=ABOUT_ORDER,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.care,
    check=pre_send_checks.check_care,
    survives_cancellation=False,
    template=lambda plan: "care",
    context=mail_contexts.care,
    attaches=nothing,
    is_reply=True,
    hours=DAYTIME,
    priority=42,
    expires_after=timedelta(days=30),
)
CHECK_IN: MailKind[events.FulfillmentEvent, Order] = MailKind(
    kind=Kind.CHECK_IN,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=events.FULFILLMENT_EVENTS,
    plan=plan_rules.check_in,
    check=pre_send_checks.check_check_in,
    survives_cancellation=False,
    template=lambda plan: "check-in",
    context=mail_contexts.check_in,
    attaches=nothing,
    is_reply=True,
    hours=DAYTIME,
    priority=43,
    expires_after=timedelta(days=30),
)
INSERT_CHANGE: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.INSERT_CHANGE,
    mail_class=MailClass.SAFETY,
    about=ABOUT_ORDER,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_insert_change,
    survives_cancellation=False,
    template=lambda plan: "insert-change",
    context=mail_contexts.insert_change,
    attaches=lambda plan, order: [plan.about.partition("@")[0]],
    is_reply=False,
    hours=None,
    priority=12,
    expires_after=None,
)

RETURN_RECEIVED: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.RETURN_RECEIVED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "return-received",
    context=mail_contexts.return_received,
    attaches=nothing,
    is_reply=True,
    hours=None,
    priority=22,
    expires_after=timedelta(days=14),
)
RETURN_CLOSED: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.RETURN_CLOSED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "return-closed",
    context=mail_contexts.return_closed,
    attaches=nothing,
    is_reply=True,
    hours=None,
    priority=23,
    expires_after=timedelta(days=14),
)
ORDER_LINK: MailKind[events.AnyEvent, Order] = MailKind(
    kind=Kind.ORDER_LINK,
    mail_class=MailClass.SERVICE,
    about=ABOUT_ORDER,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "order-link",
    context=lambda plan, order: {},
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=16,
    expires_after=timedelta(days=1),
)
MERCHANT_MESSAGE: MailKind[events.AnyEvent, ToMerchant] = MailKind(
    kind=Kind.MERCHANT_MESSAGE,
    mail_class=MailClass.SERVICE,
    about=ABOUT_MESSAGE,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "merchant-message",
    context=lambda plan, message: {},
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=21,
    expires_after=timedelta(days=30),
)

LOW_STOCK: MailKind[events.AnyEvent, LowStock] = MailKind(
    kind=Kind.LOW_STOCK,
    mail_class=MailClass.SERVICE,
    about=ABOUT_LOW_STOCK,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "low-stock",
    context=lambda plan, about: {},
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=35,
    expires_after=timedelta(days=2),
)

PAYMENT_RETURNED: MailKind[events.AnyEvent, ReturnedPayment] = MailKind(
    kind=Kind.PAYMENT_RETURNED,
    mail_class=MailClass.SERVICE,
    about=ABOUT_RETURNED_PAYMENT,
    events=(),
    plan=plan_rules.no_event,
    check=pre_send_checks.check_nothing,
    survives_cancellation=True,
    template=lambda plan: "payment-returned",
    context=lambda plan, about: {},
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=24,
    expires_after=timedelta(days=30),
)
GIFT_CARD: MailKind[events.GiftCardSent, GiftCard] = MailKind(
    kind=Kind.GIFT_CARD,
    mail_class=MailClass.SERVICE,
    about=ABOUT_GIFT_CARD,
    events=(events.GiftCardSent,),
    plan=plan_rules.gift_card,
    check=pre_send_checks.check_gift_card,
    survives_cancellation=True,
    template=lambda plan: "gift-card",
    context=lambda plan, card: {},
    attaches=nothing,
    is_reply=False,
    hours=None,
    priority=18,
    expires_after=timedelta(days=14),
)


def _stock_kind(
    kind: Kind, *, check: Callable[[MailPlan, StockNotice], Decision | None], expires_after: timedelta
) -> MailKind[events.AnyEvent, StockNotice]:
    """To who waits for a variant; planned by `store.back_in_stock`."""
    return MailKind(
        kind=kind,
        mail_class=MailClass.SERVICE,
        about=ABOUT_STOCK,
        events=(),
        plan=plan_rules.no_event,
        check=check,
        survives_cancellation=True,
        template=lambda plan: kind.value,
        context=lambda plan, notice: {},
        attaches=nothing,
        is_reply=False,
        hours=None,
        priority=17,
        expires_after=expires_after,
    )


STOCK_CONFIRMATION = _stock_kind(
    Kind.STOCK_CONFIRMATION, check=stock_notices.check_confirmation, expires_after=timedelta(days=1)
)
STOCK_NOTICE = _stock_kind(
    Kind.STOCK_NOTICE, check=stock_notices.check_notice, expires_after=timedelta(days=2)
)


def _recall_kind(
    kind: Kind, *, check: Callable[[MailPlan, RecallNotice], Decision | None], priority: int
) -> MailKind[events.AnyEvent, RecallNotice]:
    """Planned by `store.safety`; before all other mail, whatever became of the order."""
    return MailKind(
        kind=kind,
        mail_class=MailClass.SAFETY,
        about=ABOUT_RECALL,
        events=(),
        plan=plan_rules.no_event,
        check=check,
        survives_cancellation=True,
        template=lambda plan: kind.value,
        context=lambda plan, notice: {},
        attaches=nothing,
        is_reply=False,
        hours=None,
        priority=priority,
        expires_after=None,
    )


RECALL = _recall_kind(Kind.RECALL, check=lambda plan, notice: None, priority=4)
RECALL_REMINDER = _recall_kind(Kind.RECALL_REMINDER, check=pre_send_checks.check_recall_reminder, priority=5)


def _account_kind(
    kind: Kind,
    event: type[A],
    *,
    plan: Callable[[A], Iterator[PlannedMail]] = plan_rules.account_mail,
    context: Callable[[MailPlan, Account], Mapping[str, Any]] = lambda plan, account: {},
    expires_after: timedelta = timedelta(days=1),
) -> MailKind[A, Account]:
    """The mails about accounts differ in their words and in how long their link works."""
    return MailKind(
        kind=kind,
        mail_class=MailClass.SERVICE,
        about=ABOUT_ACCOUNT,
        events=(event,),
        plan=plan,
        check=pre_send_checks.check_account,
        survives_cancellation=True,
        template=lambda plan: kind.value,
        context=context,
        attaches=nothing,
        is_reply=False,
        hours=None,
        priority=15,
        expires_after=expires_after,
    )


ACCOUNT_CONFIRMATION = _account_kind(Kind.ACCOUNT_CONFIRMATION, events.AccountConfirmationRequested)
ACCOUNT_PASSWORD = _account_kind(Kind.ACCOUNT_PASSWORD, events.AccountSetPasswordRequested)
STAFF_PASSWORD = _account_kind(
    Kind.STAFF_PASSWORD, events.StaffSetPasswordRequested, plan=plan_rules.staff_password
)
STAFF_INVITATION = _account_kind(
    Kind.STAFF_INVITATION,
    events.StaffSetPasswordRequested,
    plan=plan_rules.staff_invitation,
    context=mail_contexts.staff_invitation,
)
ACCOUNT_DELETION = _account_kind(Kind.ACCOUNT_DELETION, events.AccountDeleteRequested)
ACCOUNT_EMAIL = _account_kind(
    Kind.ACCOUNT_EMAIL, events.AccountChangeEmailRequested, expires_after=timedelta(hours=1)
)


def mail_kind(kind: Kind) -> MailKind[Any, Any]:  # noqa: PLR0911, PLR0912  so that mypy names one that is missing
    match kind:
        case Kind.ORDER_CONFIRMATION:
            return ORDER_CONFIRMATION
        case Kind.SAFETY_FIRST:
            return SAFETY_FIRST
        case Kind.SHIPPED:
            return SHIPPED
        case Kind.HOWTO:
            return HOWTO
        case Kind.AREA:
            return AREA
        case Kind.CARE:
            return CARE
        case Kind.CHECK_IN:
            return CHECK_IN
        case Kind.INSERT_CHANGE:
            return INSERT_CHANGE
        case Kind.RECALL:
            return RECALL
        case Kind.RECALL_REMINDER:
            return RECALL_REMINDER
        case Kind.ORDER_CANCELLED:
            return ORDER_CANCELLED
        case Kind.ORDER_REFUNDED:
            return ORDER_REFUNDED
        case Kind.RETURN_RECEIVED:
            return RETURN_RECEIVED
        case Kind.RETURN_CLOSED:
            return RETURN_CLOSED
        case Kind.ORDER_LINK:
            return ORDER_LINK
        case Kind.MERCHANT_MESSAGE:
            return MERCHANT_MESSAGE
        case Kind.LOW_STOCK:
            return LOW_STOCK
        case Kind.PAYMENT_RETURNED:
            return PAYMENT_RETURNED
        case Kind.GIFT_CARD:
            return GIFT_CARD
        case Kind.STOCK_CONFIRMATION:
            return STOCK_CONFIRMATION
        case Kind.STOCK_NOTICE:
            return STOCK_NOTICE
        case Kind.ACCOUNT_CONFIRMATION:
            return ACCOUNT_CONFIRMATION
        case Kind.ACCOUNT_PASSWORD:
            return ACCOUNT_PASSWORD
        case Kind.STAFF_PASSWORD:
            return STAFF_PASSWORD
        case Kind.STAFF_INVITATION:
            return STAFF_INVITATION
        case Kind.ACCOUNT_DELETION:
            return ACCOUNT_DELETION
        case Kind.ACCOUNT_EMAIL:
            return ACCOUNT_EMAIL
    assert_never(kind)


def all_kinds() -> list[MailKind[Any, Any]]:
    """In the order in which an event plans them."""
    return [mail_kind(kind) for kind in Kind]
