from django.apps import AppConfig


class SafetyConfig(AppConfig):
    name = "store.safety"
    label = "safety"
    verbose_name = "Safety"
