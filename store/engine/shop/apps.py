from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "store.engine.shop"
    label = "shop"
    verbose_name = "Shop settings"
