from django.apps import AppConfig
from django.db.backends.signals import connection_created


class GraphQLConfig(AppConfig):
    name = "store.engine.graphql"
    label = "graphql"

    def ready(self) -> None:
        from store.engine.graphql.deadline import guard

        connection_created.connect(guard, dispatch_uid="request deadline")
