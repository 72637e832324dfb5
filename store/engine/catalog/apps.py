from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "store.engine.catalog"
    label = "catalog"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        from store.engine.catalog import models
        from store.engine.shop import revision

        revision.watch(
            models.Attribute,
            models.AttributePage,
            models.AttributeProduct,
            models.AttributeVariant,
            models.Category,
            models.ProductType,
        )
