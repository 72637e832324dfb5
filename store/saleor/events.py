"""Webhook payloads: the `event` selection of our subscription, discriminated by `__typename`.

The documents are in `subscriptions/` and not below `documents/`, because the generated client is synchronous and
can't take subscriptions. The embedded engine runs the same text.
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


class EventFulfillment(_Payload):
    id: str = Field(min_length=1, max_length=200)
    status: str
    created: datetime
    tracking_number: str
    delivered_at: Annotated[datetime | None, BeforeValidator(parse_datetime)]
    lines: list[EventFulfillmentLine] | None

    @property
    def insert_slugs(self) -> list[str]:
        """The inserts of this fulfillment's lines, each once, sorted."""
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


class _FulfillmentEvent(_Event):
    fulfillment: EventFulfillment


class FulfillmentCreated(_FulfillmentEvent):
    kind: Literal["FulfillmentCreated"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentApproved(_FulfillmentEvent):
    """Where fulfillments wait for approval, this event says that one ships."""

    kind: Literal["FulfillmentApproved"] = Field(alias="__typename")
    notify_customer: bool


class FulfillmentTrackingNumberUpdated(_FulfillmentEvent):
    kind: Literal["FulfillmentTrackingNumberUpdated"] = Field(alias="__typename")


class FulfillmentMetadataUpdated(_FulfillmentEvent):
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
EVENT_TYPES = (
    "OrderPaid",
    "OrderFullyPaid",
    "OrderCancelled",
    "FulfillmentCreated",
    "FulfillmentApproved",
    "FulfillmentTrackingNumberUpdated",
    "FulfillmentMetadataUpdated",
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
        payload = json.loads(body)
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
