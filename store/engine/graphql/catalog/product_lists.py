"""Lists of products: what the asker may see, filtered, searched, sorted and paged."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q, QuerySet

from store.engine.catalog import search as index
from store.engine.catalog import visibility
from store.engine.catalog.models import Product
from store.engine.channels.models import Channel
from store.engine.errors import Refusal
from store.engine.graphql.batching import bind
from store.engine.graphql.catalog.filters import products_filter, products_where
from store.engine.graphql.catalog.selected_fields import asked
from store.engine.graphql.channels.request_channel import public_channel
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.connections import _write as cursor_of
from store.engine.graphql.registry import Info

STAFF = ("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_DISCOUNTS")
COLUMNS = {
    "NAME": ("name", "slug"),
    "PRICE": ("listed_price", "name", "slug"),
    "MINIMAL_PRICE": ("listed_price", "name", "slug"),
    "LAST_MODIFIED": ("updated_at", "name", "slug"),
    "LAST_MODIFIED_AT": ("updated_at", "name", "slug"),
    "DATE": ("updated_at", "name", "slug"),
    "TYPE": ("type_name", "name", "slug"),
    "PUBLISHED": ("listed_published", "listed_at", "name", "slug"),
    "PUBLICATION_DATE": ("listed_at", "name", "slug"),
    "PUBLISHED_AT": ("listed_at", "name", "slug"),
    "COLLECTION": ("placed_at", "pk"),
    "RATING": ("rating", "name", "slug"),
    "CREATED_AT": ("created_at", "name", "slug"),
}
ANNOTATIONS: dict[str, Any] = {
    "listed_price": F("channel_listings__discounted_price_amount"),
    "listed_published": F("channel_listings__is_published"),
    "listed_at": F("channel_listings__published_at"),
    "type_name": F("product_type__name"),
}


class Wanted:
    """A list of products as it was asked for: rows without order, their order, the channel, the ranks of a search."""

    def __init__(self, info: Info, channel: str | None, arguments: dict[str, Any]) -> None:
        self.channel, self.staff = public_channel(info, channel, *STAFF)
        self.sort_by = arguments.get("sort_by") or {}
        where, given = arguments.get("where"), arguments.get("filter") or {}
        if where and given:
            raise Refusal("Only one of filter or where argument can be specified.", code="GraphQLError")
        search = arguments.get("search") or given.get("search")
        field = self.sort_by.get("field")
        if field == "RANK" and not search:
            raise Refusal(
                "Sorting by RANK is available only when using a search filter.", code="GraphQLError"
            )
        self.ranks = index.ranked(search) if search else None
        self.by_rank = bool(search) and field in (None, "RANK")
        self.rows = self._rows(channel)
        if where:
            self.rows = self.rows.filter(products_where(where, info, self.channel))
        elif given:
            self.rows = self.rows.filter(products_filter(given, info, self.channel))
        if self.ranks is not None:
            self.rows = self.rows.filter(pk__in=self.ranks)

    def _rows(self, slug: str | None) -> QuerySet[Product]:
        if self.channel is None:
            return Product.objects.all() if self.staff and slug is None else Product.objects.none()
        if not self.staff:
            return visibility.products(self.channel, listed=True)
        return Product.objects.filter(channel_listings__channel=self.channel)

    def order(self) -> tuple[str, ...]:
        if not self.sort_by:
            return ("slug",)
        minus = "-" if self.sort_by["direction"] == "DESC" else ""
        return tuple(f"{minus}{name}" for name in COLUMNS[self.sort_by.get("field") or "NAME"])

    def sortable(self) -> QuerySet[Product]:
        """The rows with what they are sorted by. Descriptions are fetched only if asked for."""
        names = {name.lstrip("-") for name in self.order()}
        needed = {name: ANNOTATIONS[name] for name in names & ANNOTATIONS.keys()}
        if self.channel is None and names & {"listed_price", "listed_published", "listed_at"}:
            raise Refusal("A default channel is needed to sort by price or publication.", code="GraphQLError")
        return self.rows.annotate(**needed).defer("description")


def products_of(info: Info, *, channel: str | None, within: Q | None = None, **arguments: Any) -> Connection:
    """The connection for `products(…)`, of the shop, a category or a collection (`within`)."""
    wanted = Wanted(info, channel, arguments)
    if within is not None:
        wanted.rows = wanted.rows.filter(within)
    return page_of(wanted, arguments)


def page_of(wanted: Wanted, arguments: dict[str, Any]) -> Connection:
    paging = {name: arguments.get(name) for name in ("first", "last", "after", "before")}
    if wanted.by_rank:
        return _best_first(wanted, paging)
    return _seen(connect(wanted.sortable(), order=wanted.order(), channel=wanted.channel, **paging), wanted)


def _seen(connection: Connection, wanted: Wanted) -> Connection:
    """What a shopper is shown is visible: nobody needs to look that up again."""
    for edge in connection.edges:
        edge.node.__dict__["_visible"] = not wanted.staff
    return connection


def _best_first(wanted: Wanted, paging: dict[str, Any]) -> Connection:
    """By rank: the search has the order, the rows of the page are fetched when it is known which they are."""
    seen = set(wanted.rows.order_by().values_list("pk", flat=True))
    ordered = [pk for pk in wanted.ranks or () if pk in seen]
    if wanted.sort_by.get("direction") == "ASC":
        ordered.reverse()
    return _seen(fetched(connect(ordered, **paging), wanted.channel), wanted)


def fetched(connection: Connection, channel: Channel | None) -> Connection:
    """A connection whose nodes are primary keys, with rows in their place."""
    rows = Product.objects.defer("description").in_bulk([edge.node for edge in connection.edges])
    for edge in connection.edges:
        edge.node = rows[edge.node]
    bind([edge.node for edge in connection.edges], channel=channel)
    return connection


def products_of_each(
    info: Info, groups: Sequence[set[int]], *, column: str, channel: str | None, arguments: dict[str, Any]
) -> list[Connection]:
    """The same list for several groups at once, in three statements however many: products of each category.

    `groups` are primary keys of `column`, one set a group. Without cursors only (a first page).
    """
    wanted = Wanted(info, channel, arguments)
    everything = set().union(*groups)
    names = [name.lstrip("-") for name in wanted.order()]
    rows = wanted.sortable().filter(**{f"{column}__in": everything}).order_by(*_django_order(wanted.order()))
    found = list(rows.values_list("pk", column, *names))
    if wanted.by_rank:
        rank = {pk: at for at, pk in enumerate(wanted.ranks or ())}
        found.sort(key=lambda row: rank[row[0]])
    paging: dict[str, Any] = {name: arguments.get(name) for name in ("first", "last")}
    connections = [
        connect(list(dict.fromkeys(pk for pk, own, *_ in found if own in group)), **paging)
        for group in groups
    ]
    if asked(info) & {"edges", "pageInfo"}:
        _fill(connections, wanted, {} if wanted.by_rank else {pk: [*keys, pk] for pk, _, *keys in found})
    return connections


def _fill(connections: Sequence[Connection], wanted: Wanted, keys: dict[int, list[Any]]) -> None:
    """Rows in the place of primary keys, and cursors that the same list of one group alone would give."""
    shown = {edge.node for connection in connections for edge in connection.edges}
    rows = Product.objects.defer("description").in_bulk(shown)
    for connection in connections:
        for edge in connection.edges:
            edge.cursor = cursor_of(keys[edge.node]) if keys else edge.cursor
            edge.node = rows[edge.node]
        if connection.edges:
            connection.page_info.start_cursor = connection.edges[0].cursor
            connection.page_info.end_cursor = connection.edges[-1].cursor
    bind(rows.values(), channel=wanted.channel)
    for connection in connections:
        _seen(connection, wanted)


def _django_order(order: Sequence[str]) -> list[Any]:
    return [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_first=True)
        for name in (*order, "pk")
    ]
