from django.apps import AppConfig


class Checkouts(AppConfig):
    name = "store.engine.checkout"
    label = "checkout"
    verbose_name = "Checkout"

    def ready(self) -> None:
        from store.engine.checkout import paying
        from store.engine.hooks import answers
        from store.engine.payments.reports import FACT_OF

        for event_type in FACT_OF.values():
            answers.register(event_type, paying.answered)
