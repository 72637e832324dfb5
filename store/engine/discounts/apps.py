from django.apps import AppConfig


class Discounts(AppConfig):
    name = "store.engine.discounts"
    label = "discounts"
    verbose_name = "Discounts"
