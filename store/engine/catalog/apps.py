from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "store.engine.catalog"
    label = "catalog"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from store.engine.caching import invalidation

        invalidation.watch(self.get_models(include_auto_created=True), "catalog_productfts")
