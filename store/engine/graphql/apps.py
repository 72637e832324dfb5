from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GraphQLConfig(AppConfig):
    name = "store.engine.graphql"
    label = "graphql"

    def ready(self) -> None:
        from store.engine.graphql.deadline import set_sqlite_progress_handler
        from store.engine.graphql.global_id_column import add_sqlite_function

        connection_created.connect(add_sqlite_function, dispatch_uid="global ids of orders")
        connection_created.connect(set_sqlite_progress_handler, dispatch_uid="request deadline")
