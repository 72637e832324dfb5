from django.apps import AppConfig


class GraphQLConfig(AppConfig):
    name = "store.engine.graphql"
    label = "graphql"
