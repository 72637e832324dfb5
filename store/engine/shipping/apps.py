from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "store.engine.shipping"
    label = "shipping"
    verbose_name = "Shipping"

    def ready(self) -> None:
        from store.engine.caching import invalidation

        invalidation.watch(self.get_models(include_auto_created=True))
