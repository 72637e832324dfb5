from django.apps import AppConfig


class Checkouts(AppConfig):
    name = "store.engine.checkout"
    label = "checkout"
    verbose_name = "Checkout"
