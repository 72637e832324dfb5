from django.apps import AppConfig


class AdminConfig(AppConfig):
    name = "store.engine.admin"
    label = "shop_admin"
    verbose_name = "Admin"
