from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "store.storefront"
    label = "storefront"
