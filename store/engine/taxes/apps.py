from django.apps import AppConfig


class TaxesConfig(AppConfig):
    name = "store.engine.taxes"
    label = "taxes"
    verbose_name = "Taxes"

    def ready(self) -> None:
        from store.engine.caching import invalidation

        invalidation.watch(self.get_models(include_auto_created=True))
