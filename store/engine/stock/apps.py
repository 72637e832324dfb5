from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "store.engine.stock"
    label = "stock"
    verbose_name = "Stock"

    def ready(self) -> None:
        from store.engine.caching import invalidation
        from store.engine.catalog import variant_deletion
        from store.engine.stock import locking, models

        invalidation.watch(
            [models.Warehouse, models.ChannelWarehouse, models.Warehouse.shipping_zones.through]
        )
        variant_deletion.callbacks.append(locking.lock_for_deletion)
