from django.apps import AppConfig


class Orders(AppConfig):
    name = "store.engine.orders"
    label = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from store.engine.accounts import customer_accounts
        from store.engine.orders.guest_order_claiming import adopt

        customer_accounts.when_confirmed.append(adopt)
