"""The values of the fields of an event type, from a row of the outbox."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core import serializers
from graphql import GraphQLObjectType

from store.engine.accounts import email_tokens, redirect_urls
from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.events.models import App, Event
from store.engine.graphql.ids import to_global_id
from store.engine.graphql.naming import to_snake
from store.engine.graphql.plain_values import TransactionAction
from store.engine.graphql.registry import SaleorType
from store.engine.graphql.sdl import saleor_schema
from store.engine.stock.models import Warehouse
from store.saleor.version import VERSION

EVENT_TYPE_NAMES: dict[str, str] = {}  # "orderfullypaid" → "OrderFullyPaid"
FIELD_OF = {"TransactionItem": "transaction", "Group": "permission_group"}
_MakeToken = Callable[[User, Mapping[str, Any]], str]
TOKENS: dict[str, _MakeToken] = {
    "ACCOUNT_CONFIRMATION_REQUESTED": lambda user, _: email_tokens.confirmation.make_token(user),
    "ACCOUNT_SET_PASSWORD_REQUESTED": lambda user, _: email_tokens.password_reset.make_token(user),
    "STAFF_SET_PASSWORD_REQUESTED": lambda user, _: email_tokens.password_reset.make_token(user),
    "ACCOUNT_DELETE_REQUESTED": lambda user, _: email_tokens.deletion.make_token(user),
    "ACCOUNT_CHANGE_EMAIL_REQUESTED": lambda user, extra: email_tokens.email_change_token(
        user, extra["new_email"]
    ),
}
REDIRECT_WITH_EMAIL = (
    "ACCOUNT_CONFIRMATION_REQUESTED",
    "ACCOUNT_SET_PASSWORD_REQUESTED",
    "STAFF_SET_PASSWORD_REQUESTED",
)


def type_name_of(event_type: str) -> str | None:
    """`ORDER_FULLY_PAID` → `OrderFullyPaid`, if that is served."""
    return EVENT_TYPE_NAMES.get(event_type.replace("_", "").lower())


def object_field(kind: str) -> str:
    """The field of an event that holds its object: `Order` → `order`."""
    return FIELD_OF.get(kind, to_snake(kind))


def is_about(type_name: str, kind: str) -> bool:
    """Whether the event of this type holds an object of this kind."""
    type_ = saleor_schema().type_map.get(type_name)
    fields = type_.fields if isinstance(type_, GraphQLObjectType) else {}
    return object_field(kind) in {to_snake(name) for name in fields}


def event_payload(event: Event) -> dict[str, Any] | None:
    """The source of the fields of `Subscription.event`; None when the type isn't served or its object was deleted."""
    type_name = type_name_of(event.type)
    if type_name is None:
        return None
    values = event.values if event.values is not None else _values(event)
    if values is None:
        return None
    if transaction := values.get("transaction"):
        values = {"merchant_reference": to_global_id("TransactionItem", transaction.pk), **values}
    return {
        "__typename": type_name,
        "issued_at": event.created_at,
        "version": VERSION,
        "issuing_principal": _principal(event),
        "recipient": event.recipient,
        **values,
    }


def _values(event: Event) -> dict[str, Any] | None:
    row = find_row(event.object_kind, event.object_pk) or _deleted_row(event)
    if row is None:
        return None
    values: dict[str, Any] = {object_field(event.object_kind): row} | event.extra
    if event.object_kind == "Fulfillment":
        values |= {"order": row.order, "notify_customer": event.extra.get("notify_customer", True)}
    if event.object_kind == "ShippingMethodType":
        values |= {"shipping_method": row, "shipping_zone": row.shipping_zone}
    if event.object_kind == "Product":
        values["category"] = row.category
    if "warehouse" in event.extra:
        values["warehouse"] = Warehouse.objects.filter(pk=event.extra["warehouse"]).first()
    if "action_type" in event.extra:
        action: TransactionAction = {
            "action_type": event.extra["action_type"],
            "amount": event.extra.get("amount", 0),
            "currency": row.currency,
        }
        values["action"] = action
    if refund := event.extra.get("granted_refund"):
        values["granted_refund"] = find_row("OrderGrantedRefund", refund)
    if isinstance(row, User):
        values |= _account_values(event, row)
    return values


def _account_values(event: Event, user: User) -> dict[str, Any]:
    """The token is made here and not stored with the event, so that the outbox has nothing that opens an account."""
    slug, redirect = event.extra.get("channel"), event.extra.get("redirect_url")
    values: dict[str, Any] = {"channel": Channel.objects.filter(slug=slug).first() if slug else None}
    if make := TOKENS.get(event.type):
        token = make(user, event.extra)
        values["token"] = token
        if redirect:
            email = {"email": user.email} if event.type in REDIRECT_WITH_EMAIL else {}
            values["redirect_url"] = redirect_urls.with_parameters(redirect, **email, token=token)
    return values


def find_row(kind: str, pk: str) -> Any:
    """The row of this kind, None when there is none."""
    for model, name in SaleorType.type_by_class.items():
        if name == kind and hasattr(model, "_default_manager"):
            return model._default_manager.filter(pk=pk).first()
    return None


def _deleted_row(event: Event) -> Any:
    """The row as the event of its deletion serialized it, without saving it."""
    serialized = event.extra.get("row")
    return next(serializers.deserialize("json", serialized)).object if serialized else None


def _principal(event: Event) -> User | App | None:
    if event.principal_kind == "User":
        return User.objects.filter(pk=event.principal_pk).first()
    if event.principal_kind == "App":
        return App.objects.filter(pk=event.principal_pk).first()
    return None
