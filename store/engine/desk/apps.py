from django.apps import AppConfig


class Desk(AppConfig):
    name = "store.engine.desk"
    label = "desk"
    verbose_name = "Desk"
