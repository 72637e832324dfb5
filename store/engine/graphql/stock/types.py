"""GraphQL types and queries of warehouses and stocks."""

from typing import Any

from django.db.models import Q

from store.engine.accounts.models import Address
from store.engine.catalog.models import ProductVariant
from store.engine.channels.models import Channel
from store.engine.graphql import ids
from store.engine.graphql.batched_lists import connect_each, replace_cursors
from store.engine.graphql.batching import batched
from store.engine.graphql.connections import Connection, connect
from store.engine.graphql.list_arguments import ListArguments, equal_to, has_metadata, ids_in, one_of
from store.engine.graphql.registry import Info, SaleorType, query, requires_permission
from store.engine.shipping.models import ShippingZone
from store.engine.stock.availability import reserved_quantities
from store.engine.stock.models import Stock as StockRow
from store.engine.stock.models import Warehouse as WarehouseRow


class Warehouse(SaleorType, model=WarehouseRow):
    @staticmethod
    @batched
    def address(rows: list[WarehouseRow], _info: Info) -> list[Address]:
        found = Address.objects.in_bulk({row.address_id for row in rows})
        return [found.get(row.address_id) or row.address for row in rows]

    @staticmethod
    def company_name(root: WarehouseRow, info: Info) -> str:
        return str(Warehouse.address(root, info).company_name)

    @staticmethod
    @batched
    def shipping_zones(rows: list[WarehouseRow], _info: Info, **paging: Any) -> list[Connection]:
        if len(rows) == 1 or paging.get("after") or paging.get("before"):
            return [connect(row.shipping_zones.all(), **paging) for row in rows]
        links = WarehouseRow.shipping_zones.through.objects.filter(warehouse__in=rows).order_by(
            "shippingzone_id"
        )
        pairs = list(links.values_list("warehouse_id", "shippingzone_id"))
        zones = ShippingZone.objects.in_bulk({pk for _, pk in pairs})
        own = [[zones[pk] for warehouse, pk in pairs if warehouse == row.pk] for row in rows]
        connections = [connect(found, **paging) for found in own]
        for connection in connections:
            replace_cursors(connection, {id(edge): [edge.node.pk] for edge in connection.edges})
        return connections

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @batched
    def stocks(rows: list[WarehouseRow], _info: Info, **paging: Any) -> list[Connection]:
        """The first page of each warehouse, in one statement for all."""
        return connect_each(
            StockRow.objects.all(), rows, parent_field="warehouse_id", order=("pk",), **paging
        )


class Stock(SaleorType, model=StockRow):
    @staticmethod
    @batched
    def warehouse(rows: list[StockRow], _info: Info) -> list[WarehouseRow]:
        found = WarehouseRow.objects.in_bulk({row.warehouse_id for row in rows})
        return [found[row.warehouse_id] for row in rows]

    @staticmethod
    @batched
    def product_variant(rows: list[StockRow], _info: Info) -> list[Any]:
        found = ProductVariant.objects.in_bulk({row.variant_id for row in rows})
        return [found[row.variant_id] for row in rows]

    @staticmethod
    @requires_permission("MANAGE_PRODUCTS", "MANAGE_ORDERS")
    @batched
    def quantity_reserved(rows: list[StockRow], _info: Info) -> list[int]:
        found = reserved_quantities([row.pk for row in rows])
        return [found.get(row.pk, 0) for row in rows]


WAREHOUSES = ListArguments(
    search=("name", "slug", "email"),
    columns={
        "slugs": one_of("slug"),
        "ids": ids_in("pk", WarehouseRow),
        "channels": ids_in("channels", Channel),
        "metadata": has_metadata,
        "is_private": equal_to("is_private"),
        "click_and_collect_option": equal_to("click_and_collect_option"),
    },
    sort={"NAME": ("name", "slug")},
)


@query(permissions=("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_SHIPPING"))
def warehouses(
    info: Info,
    *,
    filter: dict[str, Any] | None = None,
    sort_by: dict[str, Any] | None = None,
    **paging: Any,
) -> Connection:
    rows = WAREHOUSES.filtered(WarehouseRow.objects.all(), filter)
    return connect(rows, order=WAREHOUSES.order(sort_by, default=("-slug", "pk")), **paging)


@query(permissions=("MANAGE_PRODUCTS", "MANAGE_ORDERS", "MANAGE_SHIPPING"))
def warehouse(
    info: Info, *, id: str | None = None, external_reference: str | None = None
) -> WarehouseRow | None:
    if id is not None:
        return ids.find_row(id, WarehouseRow)
    return WarehouseRow.objects.filter(external_reference=external_reference).first()


@query(permissions="MANAGE_PRODUCTS")
def stocks(info: Info, *, filter: dict[str, Any] | None = None, **paging: Any) -> Connection:
    rows, filters = StockRow.objects.all(), filter or {}
    if (quantity := filters.get("quantity")) is not None:
        rows = rows.filter(quantity=quantity)
    if search := filters.get("search"):
        rows = rows.filter(
            Q(variant__product__name__icontains=search)
            | Q(variant__name__icontains=search)
            | Q(variant__sku__icontains=search)
            | Q(warehouse__name__icontains=search)
        )
    return connect(rows, **paging)


@query(permissions="MANAGE_PRODUCTS")
def stock(info: Info, *, id: str) -> StockRow | None:
    return ids.find_row(id, StockRow)
