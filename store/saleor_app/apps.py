from django.apps import AppConfig


class SaleorAppConfig(AppConfig):
    name = "store.saleor_app"
    label = "saleor_app"
