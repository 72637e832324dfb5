"""Where Django looks for the desk's pages."""

from django.contrib import admin
from django.contrib.auth.models import Group as DjangoGroup

from store.engine.desk import customers, deliveries, ledger, orders, products, stock, wording

admin.site.index_template = "desk/today.html"
if admin.site.is_registered(DjangoGroup):  # permission groups are Saleor's: store.engine.people.Group
    admin.site.unregister(DjangoGroup)

__all__ = ["customers", "deliveries", "ledger", "orders", "products", "stock", "wording"]
