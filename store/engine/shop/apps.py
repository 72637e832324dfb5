from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "store.engine.shop"
    label = "shop"
    verbose_name = "Shop settings"

    def ready(self) -> None:
        from store.engine.shop import models, revision

        revision.watch(
            models.ShopSettings,
            models.Channel,
            models.TaxClassCountryRate,
            models.TaxConfiguration,
            models.TaxConfigurationPerCountry,
            models.ShippingZone,
            models.ShippingZone.channels.through,
        )
