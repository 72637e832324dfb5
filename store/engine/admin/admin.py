"""Imports all modules that register a ModelAdmin; Django's autodiscovery looks here."""

from importlib import import_module

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.models import Group as DjangoGroup
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from store.engine.admin import (
    audit_log,
    concerns,
    customers,
    gift_cards,
    orders,
    pages,
    paid_checkouts,
    products,
    refused_sentences,
    shop_configuration,
    staff,
    stock,
    stock_movements,
    vouchers,
    warehouses,
    webhook_deliveries,
    wording,
)
from store.engine.admin.engine_concerns import engine_concerns

if settings.EMBEDDED:
    concerns.register("engine", engine_concerns)
admin.site.index_template = "shop_admin/home.html"
for library in ("django.contrib.auth", "django_otp.plugins.otp_static", "django_otp.plugins.otp_totp"):
    import_module(f"{library}.admin")  # first, or it would register what is taken off here later
for device in (TOTPDevice, StaticDevice):  # their pages would show the secrets
    admin.site.unregister(device)
admin.site.unregister(DjangoGroup)  # permission groups are Saleor's: store.engine.accounts.Group

__all__ = [
    "audit_log",
    "customers",
    "gift_cards",
    "orders",
    "pages",
    "paid_checkouts",
    "products",
    "refused_sentences",
    "shop_configuration",
    "staff",
    "stock",
    "stock_movements",
    "vouchers",
    "warehouses",
    "webhook_deliveries",
    "wording",
]
