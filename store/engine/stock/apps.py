from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "store.engine.stock"
    label = "stock"
    verbose_name = "Stock"
