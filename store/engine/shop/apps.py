from django.apps import AppConfig


class ShopConfig(AppConfig):
    name = "store.engine.shop"
    label = "shop"
    verbose_name = "Shop settings"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from store.engine.shop import revision
        from store.engine.shop.models import Revision

        revision.watch(table for table in self.get_models(include_auto_created=True) if table is not Revision)
        connection_created.connect(revision.listen, dispatch_uid="revision")
