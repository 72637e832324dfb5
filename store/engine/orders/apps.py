from django.apps import AppConfig


class Orders(AppConfig):
    name = "store.engine.orders"
    label = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from store.engine.orders.owners import adopt
        from store.engine.people import accounts

        accounts.when_confirmed.append(adopt)
