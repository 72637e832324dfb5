from django.apps import AppConfig


class Payments(AppConfig):
    name = "store.engine.payments"
    label = "payments"
    verbose_name = "Payments"
