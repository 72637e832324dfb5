from django.apps import AppConfig


class People(AppConfig):
    name = "store.engine.people"
    label = "people"
    verbose_name = "People"
