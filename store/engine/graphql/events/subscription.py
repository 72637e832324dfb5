"""The Subscription type and the event types, which have no resolvers: their fields read `payloads.event_payload`."""

from typing import Any

from graphql import GraphQLObjectType

from store.engine.events.models import Event
from store.engine.graphql.channels.request_channel import channel_of
from store.engine.graphql.events import payloads
from store.engine.graphql.naming import to_snake
from store.engine.graphql.plain_values import EventValues
from store.engine.graphql.registry import Info, SaleorType, declare_values
from store.engine.graphql.sdl import saleor_schema


class EventFields:
    """Names the fields that an event may have: those of EventValues, and its object under the name of its type."""

    __annotations__ = EventValues.__annotations__ | {
        payloads.object_field(name): Any for name in saleor_schema().type_map
    }


class Subscription(SaleorType):
    @staticmethod
    def event(root: Event, info: Info) -> dict[str, Any] | None:
        return payloads.event_payload(root)


def _object_in_channel(name: str) -> Any:
    """The resolver of an event's object that takes the channel in which it is shown."""

    def resolve(root: dict[str, Any], info: Info, *, channel: str | None = None) -> Any:
        row = root.get(name)
        shown_in = channel_of(info, channel)
        return info.context.rows.in_channel(row, shown_in).row if row is not None else None

    return staticmethod(resolve)


def _register_event_types() -> None:
    for name, type_ in saleor_schema().type_map.items():
        if isinstance(type_, GraphQLObjectType) and any(i.name == "Event" for i in type_.interfaces):
            in_channel = {
                to_snake(field): _object_in_channel(to_snake(field))
                for field in type_.fields
                if "channel" in type_.fields[field].args
            }
            type(name, (SaleorType,), {"__doc__": "An event; see payloads.", **in_channel})
            declare_values(name, EventFields)
            payloads.EVENT_TYPE_NAMES[name.lower()] = name


_register_event_types()
