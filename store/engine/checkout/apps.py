from django.apps import AppConfig


class Checkouts(AppConfig):
    name = "store.engine.checkout"
    label = "checkout"
    verbose_name = "Checkout"

    def ready(self) -> None:
        from store.engine.accounts import account_deletion
        from store.engine.checkout import payment
        from store.engine.checkout.account_deletion import lock_what_refers_to
        from store.engine.events import sync_response_handlers
        from store.engine.payments.transaction_events import EVENT_TYPE_OF

        for event_type in EVENT_TYPE_OF.values():
            sync_response_handlers.register(event_type, payment.handle_app_response)
        account_deletion.callbacks.append(lock_what_refers_to)
