"""What the engine is handed when the program starts, since it may not import the packages that have it.

`store.wiring` builds one `EnginePorts` with every part and passes it to `connect`. A part that is left out is a
TypeError there; asking before anything was connected raises PortsNotConnected. Nothing is skipped silently.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol
from uuid import UUID


class Claim(Protocol):
    """A finding of the wording check: id of the rule, the words, the sentence they are in, the reason, the markets
    where the claim is forbidden, and a suggested wording (or "")."""

    @property
    def rule(self) -> str: ...
    @property
    def words(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def markets(self) -> tuple[str, ...]: ...
    @property
    def instead(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """The properties of a product in a channel that the publication rule judges."""

    name: str
    attribute_slugs: frozenset[str]  # of the attributes that products of its type have
    choices: Mapping[str, Sequence[str]]  # names of its attribute values, by the attribute's slug
    pages: Mapping[str, Sequence[str]]  # slugs of the published pages it refers to, by the attribute's slug
    country: str  # the channel's default country, ISO 3166


Countries = Callable[[], Iterable[str]]
# Paragraphs, a language tag (None: unknown), and a function that returns the ISO 3166 codes of the countries sold to.
WordingCheck = Callable[[Sequence[str], str | None, Countries], Sequence[Claim]]
# Messages that say what is missing and what to do; None if the rule does not apply to the product.
PublicationRule = Callable[[Candidate], Sequence[str] | None]
# (subscription document, event row) -> the document's selection; None or empty when the object no longer exists.
SubscriptionRenderer = Callable[[str, Any], dict[str, Any] | None]


class SubscriptionSchema(Protocol):
    """The GraphQL schema as far as webhooks need it."""

    def validation_errors(self, query: str) -> Sequence[str]:
        """Messages of what is wrong with a document."""

    def has_event_type(self, event_type: str) -> bool:
        """Whether the event has a GraphQL type that a document can select from."""


class LotOnHand(Protocol):
    """The pieces of a lot in a warehouse. `may_be_sent`: neither expired nor blocked."""

    @property
    def code(self) -> str: ...
    @property
    def sku(self) -> str: ...
    @property
    def warehouse(self) -> str: ...
    @property
    def quantity(self) -> int: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def may_be_sent(self) -> bool: ...


class Lots(Protocol):
    """The record of lots. Warehouses are slugs, `lots` and `wanted` quantities by lot code, `who` the person's name.

    All but `on_hand` run inside the caller's transaction, called in the order of the SKUs and before stock rows are
    locked, and raise ValueError with a sentence for the merchant.
    """

    def on_hand(self, *, skus: Sequence[str]) -> Sequence[LotOnHand]:
        """In the order in which they are to be sent."""

    def differences(self) -> Sequence[str]:
        """Quantities that are not the sum of their movements, as sentences."""

    def receive(
        self,
        *,
        sku: str,
        warehouse: str,
        quantity: int,
        code: str,
        supplier: str,
        expires_on: date | None,
        who: str,
        reason: str,
    ) -> None: ...

    def take(
        self,
        *,
        sku: str,
        warehouse: str,
        quantity: int,
        wanted: Mapping[str, int],
        order: str,
        who: str,
        already_sent: bool = False,
    ) -> dict[str, int]:
        """Take the pieces of a parcel: those `wanted`, then what expires first. Returns the quantity by lot code.

        `already_sent`: the parcel has left and its record is corrected; the wanted lots alone, whatever they are.
        """

    def put_back(
        self, *, sku: str, warehouse: str, lots: Mapping[str, int], returned: bool, order: str, who: str
    ) -> None: ...

    def write_off(
        self, *, sku: str, warehouse: str, quantity: int, code: str, who: str, reason: str
    ) -> None: ...

    def move(
        self, *, sku: str, source: str, target: str, quantity: int, code: str, who: str, reason: str
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class OrderMail:
    """`state` and `reason` as words; `at`: when it was sent, or will leave; `url`: of its page at the admin."""

    title: str
    state: str
    reason: str
    at: datetime
    recipient: str
    url: str


class OrderMails(Protocol):
    """The mails of an order, given its id in the API and where its parcel goes, in the order in which they leave.

    `country`, `area`: Saleor's codes, or "".
    """

    def __call__(self, order_id: str, *, country: str, area: str) -> Sequence[OrderMail]: ...


class ShippedMailTime(Protocol):
    """From when the mail about a parcel can leave, where it is night there now; None: at once."""

    def __call__(self, *, country: str, area: str) -> datetime | None: ...


# Deletes what others keep of an e-mail address whose account is deleted, in the caller's transaction.
ForgetAddress = Callable[[str], object]


class PreviewUrl(Protocol):
    """The path of a product's page before it is on sale, given the slugs of product and channel."""

    def __call__(self, *, slug: str, channel: str) -> str: ...


class ReturnAnswer(Protocol):
    """Plans the mail that tells a buyer that the request to return something is closed, in the caller's transaction.

    `language`: of the order, such as "de-at" or ""; `asked_at`: names the request.
    """

    def __call__(
        self, *, order_pk: UUID, number: str, email: str, language: str, asked_at: str, answer: str
    ) -> None: ...


class LowStockMail(Protocol):
    """Plans the mail that tells the merchant that a variant runs low in a warehouse, in the caller's transaction.

    `left`: free pieces; `threshold`: at which it runs low.
    """

    def __call__(
        self,
        *,
        stock_pk: int,
        sku: str,
        product: str,
        variant: str,
        warehouse: str,
        left: int,
        threshold: int,
    ) -> None: ...


class ReturnedPaymentMail(Protocol):
    """Plans the mail that tells a customer that a payment of an expired cart has gone back, in the caller's
    transaction; once for a `key`. What goes back of one cart at about the same time is told in one mail.

    `language`: of the cart, such as "de"; `refunded`: what was charged; `released`: what was only authorized.
    """

    def __call__(
        self,
        *,
        cart: str,
        key: str,
        email: str,
        language: str,
        currency: str,
        refunded: Decimal,
        released: Decimal,
    ) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EnginePorts:
    lots: Lots
    order_mails: OrderMails
    shipped_mail_time: ShippedMailTime
    answer_return: ReturnAnswer
    tell_low_stock: LowStockMail
    tell_returned_payment: ReturnedPaymentMail
    forget_address: ForgetAddress
    preview_url: PreviewUrl
    find_claims: WordingCheck
    missing_requirements: PublicationRule
    render_subscription: SubscriptionRenderer
    subscription_schema: SubscriptionSchema


class PortsNotConnected(RuntimeError):
    """`connect` was not called at program start."""

    def __init__(self) -> None:
        super().__init__(
            "the engine was not connected: store.engine.ports.connect(...) must be called at start"
        )


_connected: EnginePorts | None = None


def connect(ports: EnginePorts) -> None:
    """Hand the engine its parts, for the whole process."""
    global _connected  # noqa: PLW0603 - set once, when the program starts
    _connected = ports


def connected() -> EnginePorts:
    """The parts; raises PortsNotConnected."""
    if _connected is None:
        raise PortsNotConnected
    return _connected
