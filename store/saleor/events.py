"""Event payloads as Saleor sends them: the `event` selection of our subscription, told apart by `__typename`.

The documents themselves are in `subscriptions/` (not below `documents/`, because the generated client is
synchronous and knows no subscriptions). The embedded engine runs the very same text.
"""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.alias_generators import to_camel

SUBSCRIPTIONS = Path(__file__).parent / "subscriptions"


class UnknownEvent(Exception):
    """An event that nobody here listens to; it is no fault of the sender."""

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


class EventOrder(_Payload):
    id: str = Field(min_length=1, max_length=200)
    number: str
    status: str
    is_paid: bool
    user_email: str | None
    language_code_enum: str


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
        """As noted on the line at completion (`silicone-cups@1.0`), else the page the product points to."""
        return insert_slug(self.insert, self.variant and self.variant.product.assigned_attribute)


class EventFulfillmentLine(_Payload):
    quantity: int
    order_line: EventOrderLine | None


def moment(text: object) -> datetime | None:
    """Metadata is free text: a moment that nobody can read counts as not said; one without a zone is UTC."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


class EventFulfillment(_Payload):
    id: str = Field(min_length=1, max_length=200)
    status: str
    created: datetime
    tracking_number: str
    delivered_at: Annotated[datetime | None, BeforeValidator(moment)]
    lines: list[EventFulfillmentLine] | None

    @property
    def insert_slugs(self) -> list[str]:
        """Each insert that belongs to something in this shipment, once, in order."""
        slugs = (line.order_line and line.order_line.insert_slug for line in self.lines or ())
        return sorted({slug for slug in slugs if slug})


class _Event(_Payload):
    issued_at: datetime | None = None
    order: EventOrder


class OrderPaid(_Event):
    kind: Literal["OrderPaid"] = Field(alias="__typename")


class OrderFullyPaid(_Event):
    kind: Literal["OrderFullyPaid"] = Field(alias="__typename")


class OrderCancelled(_Event):
    kind: Literal["OrderCancelled"] = Field(alias="__typename")


class _ShipmentEvent(_Event):
    fulfillment: EventFulfillment


class FulfillmentCreated(_ShipmentEvent):
    kind: Literal["FulfillmentCreated"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentApproved(_ShipmentEvent):
    """Where parcels wait for approval, this is the moment they leave."""

    kind: Literal["FulfillmentApproved"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentTrackingNumberUpdated(_ShipmentEvent):
    kind: Literal["FulfillmentTrackingNumberUpdated"] = Field(alias="__typename")


class FulfillmentMetadataUpdated(_ShipmentEvent):
    kind: Literal["FulfillmentMetadataUpdated"] = Field(alias="__typename")


Event = Annotated[
    OrderPaid
    | OrderFullyPaid
    | OrderCancelled
    | FulfillmentCreated
    | FulfillmentApproved
    | FulfillmentTrackingNumberUpdated
    | FulfillmentMetadataUpdated,
    Field(discriminator="kind"),
]
_ADAPTER: TypeAdapter[Any] = TypeAdapter(Event)
LISTENED = (
    "OrderPaid",
    "OrderFullyPaid",
    "OrderCancelled",
    "FulfillmentCreated",
    "FulfillmentApproved",
    "FulfillmentTrackingNumberUpdated",
    "FulfillmentMetadataUpdated",
)


@cache
def document(name: str) -> str:
    """The text of one subscription, for whoever registers or runs it."""
    return (SUBSCRIPTIONS / f"{name}.graphql").read_text(encoding="utf-8")


def insert_slug(noted: str | None, attribute: object) -> str | None:
    """`noted` is the line's metadata; `attribute` anything with a `.page.slug`."""
    if noted:
        return noted.partition("@")[0]
    page = getattr(attribute, "page", None)
    return page.slug if page else None


def parse_body(body: bytes) -> dict[str, Any]:
    """The JSON of a webhook request, or MalformedEvent."""
    try:
        payload = json.loads(body)
    except ValueError as error:
        raise MalformedEvent(f"the body is not JSON: {error}") from None
    if not isinstance(payload, dict):
        raise MalformedEvent("the body is not a JSON object; register the webhook with a subscription query")
    return payload


def parse(payload: dict[str, Any]) -> Event:
    """The typed event; UnknownEvent for one we do not listen to, MalformedEvent for a wrong shape."""
    name = payload.get("__typename")
    if not isinstance(name, str):
        raise MalformedEvent("the payload has no __typename; ask for it in the subscription")
    if name not in LISTENED:
        raise UnknownEvent(name)
    try:
        event: Event = _ADAPTER.validate_python(payload)
    except ValidationError as error:
        raise MalformedEvent(_first_problem(error)) from None
    return event


def _first_problem(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}"
