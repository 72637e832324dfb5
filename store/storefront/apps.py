from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "store.storefront"
    label = "storefront"

    def ready(self) -> None:
        from store.storefront import checks  # noqa: F401 - registers them
