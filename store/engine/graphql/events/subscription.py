"""The root of all payloads. Each event type is a plain namespace: its fields are read from what `facts`
finds.
"""

from typing import Any

from graphql import GraphQLObjectType, build_schema

from store.engine.events.models import Event
from store.engine.graphql.events import payloads
from store.engine.graphql.registry import Info, SaleorType


class Subscription(SaleorType):
    @staticmethod
    def event(root: Event, info: Info) -> dict[str, Any] | None:
        return payloads.told(root)


def _register_event_types() -> None:
    from store.engine.graphql.schema import SLICE

    for name, one in build_schema(SLICE.read_text(), assume_valid=True).type_map.items():
        if isinstance(one, GraphQLObjectType) and any(face.name == "Event" for face in one.interfaces):
            type(name, (SaleorType,), {"__doc__": "An event; see facts."})
            payloads.TYPES[name.lower()] = name


_register_event_types()
