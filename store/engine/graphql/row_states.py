"""What a request knows about the rows that it shows: in which channel, with which siblings, the values read for them.

Kept in the request's context and not on the rows, which other code loads, caches and shares.
"""

from collections.abc import Iterable, Sequence
from copy import copy
from typing import Any

from django.db.models import Model

from store.engine.accounts.models import User
from store.engine.channels.models import Channel
from store.engine.graphql.connections import Connection


class RowState:
    """A row as one request shows it. Holds the row, so that its id() stays its own until the request ends."""

    is_visible: bool = False  # a product known to be visible in its channel
    owner: User | None = None  # of an address
    type_name: str | None = None  # Saleor's type, where the model stands for several
    hides_id: bool = False  # a user whose id is not told
    shows_buyer: bool = False  # an order whose buyer is the one who asks

    def __init__(self, row: Any, channel: Channel | None = None) -> None:
        self.row, self.channel = row, channel  # the channel in which the row is shown
        self.values: dict[Any, Any] = {}  # of batched fields, by field and arguments
        self.siblings: Sequence[RowState] = ()  # rows that were fetched with it, itself included

    def pending(self, key: Any) -> list["RowState"]:
        """The siblings to fetch a value for together with this row: of its class and channel, without the value."""
        row_class = type(self.row)
        return [
            state
            for state in self.siblings or (self,)
            if type(state.row) is row_class and state.is_in(self.channel) and key not in state.values
        ]

    def is_in(self, channel: Channel | None) -> bool:
        return self.channel is channel or self.channel == channel


class RowStates:
    """The states of one request's rows, by identity of the row."""

    __slots__ = ("_by_id", "_copies")

    def __init__(self) -> None:
        self._by_id: dict[int, RowState] = {}
        self._copies: dict[tuple[int, int], RowState] = {}

    def of(self, row: Any) -> RowState:
        """The row's state, made when it is first asked for."""
        state = self._by_id.get(id(row))
        if state is None:
            state = self._by_id[id(row)] = RowState(row)
        return state

    def in_channel(self, row: Any, channel: Channel | None) -> RowState:
        """The state of the row in this channel: of a copy, if the row itself is shown in another.

        Without a channel the row stays where it is.
        """
        state = self.of(row)
        if channel is None or state.is_in(channel):
            return state
        if state.channel is None and not state.values:
            state.channel = channel
            return state
        key = id(row), channel.pk
        if key not in self._copies:
            self._copies[key] = self.of(copy(row))
            self._copies[key].channel = channel
        return self._copies[key]

    def bind(self, rows: Iterable[Any], channel: Channel | None = None) -> list[Any]:
        """Make rows siblings of each other, shown in the channel. Returns them, or the copies that are shown there."""
        states = [self.in_channel(row, channel) for row in rows]
        _make_siblings(states)
        return [state.row for state in states]

    def bind_connections(self, connections: Iterable[Connection]) -> None:
        """Make the nodes of all connections siblings of each other, each shown in its connection's channel."""
        _make_siblings([state for connection in connections for state in self._states_of_nodes(connection)])

    def _states_of_nodes(self, connection: Connection) -> list[RowState]:
        states = [self.in_channel(edge.node, connection.channel) for edge in connection.edges]
        for edge, state in zip(connection.edges, states, strict=True):
            edge.node = state.row
        connection.is_bound = True
        return states

    def hand_down(self, values: Sequence[Any], channel: Channel | None) -> list[Any]:
        """The values with their rows shown in `channel`. Rows and nodes in them become siblings of each other.

        A value is a row, a list of rows, a connection, or anything else, which is returned as it is.
        """
        self.bind_connections(
            [value for value in values if isinstance(value, Connection) and value.fetch_nodes is None]
        )
        states: list[RowState] = []

        def show(value: Any) -> Any:
            if isinstance(value, list | tuple):
                return [show(item) for item in value]
            if not isinstance(value, Model):
                return value
            state = self.in_channel(value, channel)
            states.append(state)
            return state.row

        shown = [show(value) for value in values]
        _make_siblings(states)
        return shown


def _make_siblings(states: Iterable[RowState]) -> None:
    siblings = list(dict.fromkeys(states))
    for state in siblings:
        state.siblings = siblings
