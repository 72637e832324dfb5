from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "store.engine.catalog"
    label = "catalog"
    verbose_name = "Catalogue"
