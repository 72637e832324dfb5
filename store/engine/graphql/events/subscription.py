"""The Subscription type and the event types, which have no resolvers: their fields read `payloads.event_payload`."""

from typing import Any

from graphql import GraphQLObjectType

from store.engine.events.models import Event
from store.engine.graphql.events import payloads
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


def _register_event_types() -> None:
    for name, type_ in saleor_schema().type_map.items():
        if isinstance(type_, GraphQLObjectType) and any(i.name == "Event" for i in type_.interfaces):
            type(name, (SaleorType,), {"__doc__": "An event; see payloads."})
            declare_values(name, EventFields)
            payloads.EVENT_TYPE_NAMES[name.lower()] = name


_register_event_types()
