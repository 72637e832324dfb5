from django.apps import AppConfig


class BackInStockConfig(AppConfig):
    name = "store.back_in_stock"
    label = "back_in_stock"
    verbose_name = "Back in stock"
