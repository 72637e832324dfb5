from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "store.engine.channels"
    label = "channels"
    verbose_name = "Channels and shop settings"

    def ready(self) -> None:
        from store.engine.caching import invalidation

        invalidation.watch(self.get_models(include_auto_created=True))
