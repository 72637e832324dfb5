from django.apps import AppConfig


class Orders(AppConfig):
    name = "store.engine.orders"
    label = "orders"
    verbose_name = "Orders"

    def ready(self) -> None:
        from store.engine.accounts import email_confirmation
        from store.engine.orders.guest_order_claiming import claim_orders, lock_orders

        email_confirmation.confirmed_callbacks.append(claim_orders)
        email_confirmation.locking_callbacks.append(lock_orders)
