from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GraphQLConfig(AppConfig):
    name = "store.engine.graphql"
    label = "graphql"

    def ready(self) -> None:
        from store.engine.graphql.deadline import set_sqlite_progress_handler

        connection_created.connect(set_sqlite_progress_handler, dispatch_uid="request deadline")
