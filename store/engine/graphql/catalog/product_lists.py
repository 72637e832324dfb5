"""Lists of products: restricted to what the requestor may see, filtered, searched, sorted and paginated."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from store.engine.catalog import search as index
from store.engine.catalog import visibility
from store.engine.catalog.models import AssignedProductAttributeValue, Attribute, Product
from store.engine.errors import OperationError
from store.engine.graphql.batched_lists import replace_cursors
from store.engine.graphql.catalog.filters import products_filter, products_where
from store.engine.graphql.channels.request_channel import requested_channel
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ids_in
from store.engine.graphql.registry import Info

STAFF_PERMISSIONS = ("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_DISCOUNTS")
SORT_COLUMNS = {
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
    "ATTRIBUTE": ("attribute_value", "name", "slug"),
}
ANNOTATIONS: dict[str, Any] = {
    "listed_price": F("channel_listings__discounted_price_amount"),
    "listed_published": F("channel_listings__is_published"),
    "listed_at": F("channel_listings__published_at"),
    "type_name": F("product_type__name"),
}


class ProductListQuery:
    """A requested list of products: unordered rows, their order, the channel, the ranks of a search.

    Raises OperationError for `filter` together with `where`, and for RANK without a search.
    """

    def __init__(self, info: Info, channel: str | None, arguments: dict[str, Any]) -> None:
        self.row_states = info.context.rows
        self.sort_by = arguments.get("sort_by") or {}
        where, given = arguments.get("where"), arguments.get("filter") or {}
        channel = channel or given.get("channel") or self.sort_by.get("channel")
        self.channel, self.staff = requested_channel(info, channel, *STAFF_PERMISSIONS)
        if where and given:
            raise OperationError(
                "Only one of filter or where argument can be specified.", code="GraphQLError"
            )
        search = arguments.get("search") or given.get("search")
        field = self.sort_by.get("field")
        if field == "RANK" and not search:
            raise OperationError(
                "Sorting by RANK is available only when using a search filter.", code="GraphQLError"
            )
        self.ranks = index.ranked_product_pks(search) if search else None
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
        field = "ATTRIBUTE" if self.sort_by.get("attribute_id") else self.sort_by.get("field") or "NAME"
        return tuple(f"{minus}{name}" for name in SORT_COLUMNS[field])

    def sortable_rows(self) -> QuerySet[Product]:
        """The rows annotated with what they are sorted by. Descriptions are long and fetched only on request."""
        names = {name.lstrip("-") for name in self.order()}
        annotations = {name: ANNOTATIONS[name] for name in names & ANNOTATIONS.keys()}
        if "attribute_value" in names:
            annotations["attribute_value"] = _value_of(self.sort_by["attribute_id"])
        if self.channel is None and names & {"listed_price", "listed_published", "listed_at"}:
            raise OperationError(
                "A default channel is needed to sort by price or publication.", code="GraphQLError"
            )
        if "placed_at" in names and "placed_at" not in self.rows.query.annotations:
            raise OperationError(
                "Sorting by COLLECTION is available only for the products of a collection.",
                code="GraphQLError",
            )
        return self.rows.annotate(**annotations).defer("description")


def _value_of(attribute_id: str) -> Subquery:
    """The name of the first value that a product has of the attribute; products without one are sorted first."""
    values = AssignedProductAttributeValue.objects.filter(
        ids_in("value__attribute", Attribute)([attribute_id]), product=OuterRef("pk")
    )
    return Subquery(values.values("value__name")[:1])


def product_list(info: Info, *, channel: str | None, within: Q | None = None, **arguments: Any) -> Connection:
    """The connection for `products(…)`: of the whole catalog, or of what meets `within`."""
    product_query = ProductListQuery(info, channel, arguments)
    if within is not None:
        product_query.rows = product_query.rows.filter(within)
    return product_connection(product_query, arguments)


def product_connection(product_query: ProductListQuery, arguments: dict[str, Any]) -> Connection:
    """One page of the list; `arguments` has the pagination."""
    paging = {name: arguments.get(name) for name in ("first", "last", "after", "before")}
    if product_query.by_rank:
        return _connect_by_rank(product_query, paging)
    return _mark_visible(
        connect(
            product_query.sortable_rows(),
            order=product_query.order(),
            channel=product_query.channel,
            **paging,
        ),
        product_query,
    )


def _mark_visible(connection: Connection, product_query: ProductListQuery) -> Connection:
    """Lists for customers hold only visible products, so that `isAvailable` need not check again."""
    for edge in connection.edges:
        product_query.row_states.of(edge.node).is_visible = not product_query.staff
    return connection


def _connect_by_rank(product_query: ProductListQuery, paging: dict[str, Any]) -> Connection:
    """The search gives the order of pks; only the rows of the page are fetched."""
    matching = set(product_query.rows.order_by().values_list("pk", flat=True))
    ordered = [pk for pk in product_query.ranks or () if pk in matching]
    if product_query.sort_by.get("direction") == "ASC":
        ordered.reverse()
    connection = connect(ordered, channel=product_query.channel, **paging)
    rows = Product.objects.defer("description").in_bulk([edge.node for edge in connection.edges])
    for edge in connection.edges:
        edge.node = rows[edge.node]
    return _mark_visible(connection, product_query)


def product_lists(
    info: Info, groups: Sequence[set[int]], *, column: str, channel: str | None, arguments: dict[str, Any]
) -> list[Connection]:
    """One connection per group, in two statements for any number of groups: products of each category. The nodes are
    fetched when they are asked for.

    `groups` are sets of values of `column`. First pages only: cursors in `arguments` are ignored.
    """
    product_query = ProductListQuery(info, channel, arguments)
    all_keys = set().union(*groups)
    names = [name.lstrip("-") for name in product_query.order()]
    rows = (
        product_query.sortable_rows()
        .filter(**{f"{column}__in": all_keys})
        .order_by(*_django_order(product_query.order()))
    )
    sorted_rows = list(rows.values_list("pk", column, *names))
    if product_query.by_rank:
        position = {pk: at for at, pk in enumerate(product_query.ranks or ())}
        sorted_rows.sort(key=lambda row: position[row[0]])
    paging: dict[str, Any] = {name: arguments.get(name) for name in ("first", "last")}
    connections = [
        connect(
            list(dict.fromkeys(pk for pk, own, *_ in sorted_rows if own in group)),
            channel=product_query.channel,
            **paging,
        )
        for group in groups
    ]
    if not product_query.by_rank:
        keys = {pk: [*values, pk] for pk, _, *values in sorted_rows}
        for connection in connections:
            replace_cursors(connection, {id(edge): keys[edge.node] for edge in connection.edges})
    for connection in connections:
        connection.fetch_nodes = partial(_fetch_nodes, connections, product_query)
    return connections


def _fetch_nodes(connections: Sequence[Connection], product_query: ProductListQuery) -> None:
    pks = {edge.node for connection in connections for edge in connection.edges}
    rows = Product.objects.defer("description").in_bulk(pks)
    for connection in connections:
        for edge in connection.edges:
            edge.node = rows[edge.node]
        _mark_visible(connection, product_query)
    product_query.row_states.bind_connections(connections)


def _django_order(order: Sequence[str]) -> list[Any]:
    return [
        F(name[1:]).desc(nulls_last=True) if name.startswith("-") else F(name).asc(nulls_first=True)
        for name in (*order, "pk")
    ]
