"""Global ids as the database works them out, for tables of other packages that name rows by them."""

import base64
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from store.engine.orders.models import Order

SQLITE_FUNCTION = "global_order_id"


class GlobalOrderId(models.Func):
    """`Order:<primary key>` in base64, as `ids.to_global_id` writes it."""

    output_field = models.CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **options: Any) -> Any:
        return self.as_sql(compiler, connection, function=SQLITE_FUNCTION, **options)

    def as_postgresql(self, compiler: Any, connection: Any, **options: Any) -> Any:
        # no line break: the text is shorter than a line of MIME
        template = "encode(convert_to('Order:' || (%(expressions)s)::text, 'UTF8'), 'base64')"
        return self.as_sql(compiler, connection, template=template, **options)


def order_ids(channels: Iterable[int]) -> QuerySet[Any]:
    """The global ids of the orders of these channels, as a subquery."""
    return Order.objects.filter(channel__in=channels).order_by().values_list(GlobalOrderId("pk"), flat=True)


def add_sqlite_function(*, connection: Any, **_: Any) -> None:
    """Receiver of Django's `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, _global_order_id, deterministic=True)


def _global_order_id(pk: str) -> str:
    """Of a key as SQLite stores it, 32 hexadecimal digits."""
    return base64.b64encode(f"Order:{UUID(pk)}".encode()).decode()
