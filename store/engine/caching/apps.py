from django.apps import AppConfig


class CachingConfig(AppConfig):
    name = "store.engine.caching"
    label = "caching"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created

        from store.engine.caching import database_state, invalidation

        connection_created.connect(invalidation.install_execute_wrapper, dispatch_uid="cache invalidation")
        connection_created.connect(database_state.number_connection, dispatch_uid="number connection")
