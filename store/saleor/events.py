"""Webhook payloads: the `event` selection of our subscription, discriminated by `__typename`.

The documents are in `subscriptions/` and not below `documents/`, because the generated client is synchronous and
can't take subscriptions. The embedded engine runs the same text.
"""

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

from store.saleor.text import load_json

SUBSCRIPTIONS = Path(__file__).parent / "subscriptions"


class UnknownEvent(Exception):
    """An event that we do not handle; the sender did nothing wrong."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nobody listens to the event {name!r}")
        self.name = name


class MalformedEvent(Exception):
    """A payload that does not have the shape our subscription asked for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Payload(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, extra="ignore", frozen=True)


class EventMoney(_Payload):
    amount: Decimal


class EventOrder(_Payload):
    id: str = Field(min_length=1, max_length=200)
    number: str
    status: str
    is_paid: bool
    user_email: str | None
    language_code_enum: str
    total_refunded: EventMoney | None = None  # missing in events stored before it was asked for

    @property
    def refunded(self) -> Decimal:
        """What was sent back so far, in the order's currency."""
        return self.total_refunded.amount if self.total_refunded else Decimal(0)


class _Page(_Payload):
    slug: str


class _SafetyInsert(_Payload):
    page: _Page | None = None


class _Product(_Payload):
    assigned_attribute: _SafetyInsert | None


class _Variant(_Payload):
    product: _Product


class EventOrderLine(_Payload):
    insert: str | None
    variant: _Variant | None

    @property
    def insert_slug(self) -> str | None:
        """From the line's metadata (`silicone-cups@1.0`, set at completion), else from the product's reference."""
        return insert_slug(self.insert, self.variant and self.variant.product.assigned_attribute)


class EventFulfillmentLine(_Payload):
    quantity: int
    order_line: EventOrderLine | None


def parse_datetime(text: object) -> datetime | None:
    """ISO 8601 as a datetime; None for anything else, since metadata is free text. Without a time zone it is UTC."""
    try:
        parsed = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)


def sent_at(created: datetime, shipped_at: object) -> datetime:
    """When a parcel was sent. One that was moved from another shop was made here later, and says so in `shipped_at`."""
    return parse_datetime(shipped_at) or created


class EventFulfillment(_Payload):
    id: str = Field(min_length=1, max_length=200)
    status: str
    created: datetime
    tracking_number: str
    delivered_at: Annotated[datetime | None, BeforeValidator(parse_datetime)]
    shipped_at: Annotated[datetime | None, BeforeValidator(parse_datetime)] = None
    lines: list[EventFulfillmentLine] | None

    @property
    def sent_at(self) -> datetime:
        return self.shipped_at or self.created

    @property
    def insert_slugs(self) -> list[str]:
        """The inserts of this fulfillment's lines, each once, sorted."""
        slugs = (line.order_line and line.order_line.insert_slug for line in self.lines or ())
        return sorted({slug for slug in slugs if slug})


class AnyEvent(_Payload):
    kind: str

    issued_at: datetime | None = None
    order: EventOrder


class OrderPaid(AnyEvent):
    kind: Literal["OrderPaid"] = Field(alias="__typename")


class OrderFullyPaid(AnyEvent):
    kind: Literal["OrderFullyPaid"] = Field(alias="__typename")


class OrderCancelled(AnyEvent):
    kind: Literal["OrderCancelled"] = Field(alias="__typename")


class RefundEvent(AnyEvent):
    """Money was sent back; `order.refunded` is the sum of all refunds."""


class OrderRefunded(RefundEvent):
    kind: Literal["OrderRefunded"] = Field(alias="__typename")


class OrderFullyRefunded(RefundEvent):
    kind: Literal["OrderFullyRefunded"] = Field(alias="__typename")


class FulfillmentEvent(AnyEvent):
    fulfillment: EventFulfillment


class FulfillmentCreated(FulfillmentEvent):
    kind: Literal["FulfillmentCreated"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentApproved(FulfillmentEvent):
    """Where fulfillments wait for approval, this event says that one ships."""

    kind: Literal["FulfillmentApproved"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentTrackingNumberUpdated(FulfillmentEvent):
    kind: Literal["FulfillmentTrackingNumberUpdated"] = Field(alias="__typename")


class FulfillmentMetadataUpdated(FulfillmentEvent):
    kind: Literal["FulfillmentMetadataUpdated"] = Field(alias="__typename")


class EventUser(_Payload):
    id: str = Field(min_length=1, max_length=200)
    email: str
    first_name: str
    language_code: str


class AccountEvent(_Payload):
    """Somebody asked for something that the owner of the address has to confirm, at `redirect_url`."""

    kind: str

    issued_at: datetime | None = None
    user: EventUser
    redirect_url: str | None

    @property
    def recipient(self) -> str:
        return self.user.email


class AccountConfirmationRequested(AccountEvent):
    kind: Literal["AccountConfirmationRequested"] = Field(alias="__typename")


class AccountSetPasswordRequested(AccountEvent):
    kind: Literal["AccountSetPasswordRequested"] = Field(alias="__typename")


class Role(_Payload):
    name: str


class EventStaffUser(EventUser):
    """Not confirmed: has been invited and has not opened the link yet."""

    is_confirmed: bool = True
    permission_groups: tuple[Role, ...] | None = None


class StaffSetPasswordRequested(AccountEvent):
    """Also the invitation of a new member of staff."""

    kind: Literal["StaffSetPasswordRequested"] = Field(alias="__typename")
    user: EventStaffUser

    @property
    def is_invitation(self) -> bool:
        return not self.user.is_confirmed

    @property
    def roles(self) -> tuple[str, ...]:
        return tuple(group.name for group in self.user.permission_groups or ())


class AccountDeleteRequested(AccountEvent):
    kind: Literal["AccountDeleteRequested"] = Field(alias="__typename")


class AccountChangeEmailRequested(AccountEvent):
    kind: Literal["AccountChangeEmailRequested"] = Field(alias="__typename")
    new_email: str

    @property
    def recipient(self) -> str:
        return self.new_email


class EventGiftCard(_Payload):
    id: str = Field(min_length=1, max_length=200)


class GiftCardSent(_Payload):
    """A gift card is to be sent to this address: it was bought or made for it, or is sent again."""

    kind: Literal["GiftCardSent"] = Field(alias="__typename")
    issued_at: datetime | None = None
    gift_card: EventGiftCard
    sent_to_email: str


Event = Annotated[
    OrderPaid
    | OrderFullyPaid
    | OrderCancelled
    | OrderRefunded
    | OrderFullyRefunded
    | FulfillmentCreated
    | FulfillmentApproved
    | FulfillmentTrackingNumberUpdated
    | FulfillmentMetadataUpdated
    | AccountConfirmationRequested
    | AccountSetPasswordRequested
    | StaffSetPasswordRequested
    | AccountDeleteRequested
    | AccountChangeEmailRequested
    | GiftCardSent,
    Field(discriminator="kind"),
]
PAYMENT_EVENTS: tuple[type[AnyEvent], ...] = (OrderPaid, OrderFullyPaid)
REFUND_EVENTS: tuple[type[RefundEvent], ...] = (OrderRefunded, OrderFullyRefunded)
FULFILLMENT_EVENTS: tuple[type[FulfillmentEvent], ...] = (
    FulfillmentCreated,
    FulfillmentApproved,
    FulfillmentTrackingNumberUpdated,
    FulfillmentMetadataUpdated,
)
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Event)
EVENT_TYPES = (
    "OrderPaid",
    "OrderFullyPaid",
    "OrderCancelled",
    "OrderRefunded",
    "OrderFullyRefunded",
    "FulfillmentCreated",
    "FulfillmentApproved",
    "FulfillmentTrackingNumberUpdated",
    "FulfillmentMetadataUpdated",
    "AccountConfirmationRequested",
    "AccountSetPasswordRequested",
    "StaffSetPasswordRequested",
    "AccountDeleteRequested",
    "AccountChangeEmailRequested",
    "GiftCardSent",
)


@cache
def subscription_document(name: str) -> str:
    """The text of a subscription document, to register as a webhook or to run."""
    return (SUBSCRIPTIONS / f"{name}.graphql").read_text(encoding="utf-8")


def insert_slug(line_metadata: str | None, attribute: object) -> str | None:
    """The insert of a line: from its metadata (`slug@version`), else from `attribute`, which has a `.page.slug`."""
    if line_metadata:
        return line_metadata.partition("@")[0]
    page = getattr(attribute, "page", None)
    return page.slug if page else None


def parse_body(body: bytes) -> dict[str, Any]:
    """The JSON object of a webhook request. Raises MalformedEvent."""
    try:
        payload = load_json(body, repair=True)
    except ValueError as error:
        raise MalformedEvent(f"the body is not JSON: {error}") from None
    if not isinstance(payload, dict):
        raise MalformedEvent("the body is not a JSON object; register the webhook with a subscription query")
    return payload


def parse(payload: dict[str, Any]) -> Event:
    """The typed event. Raises UnknownEvent for one that we do not handle, MalformedEvent for a wrong shape."""
    name = payload.get("__typename")
    if not isinstance(name, str):
        raise MalformedEvent("the payload has no __typename; ask for it in the subscription")
    if name not in EVENT_TYPES:
        raise UnknownEvent(name)
    try:
        event: Event = _ADAPTER.validate_python(payload)
    except ValidationError as error:
        raise MalformedEvent(_first_problem(error)) from None
    return event


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}"
