from django.apps import AppConfig


class Orders(AppConfig):
    name = "store.engine.orders"
    label = "orders"
    verbose_name = "Orders"
