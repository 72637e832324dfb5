"""What the engine answers over HTTP: GraphQL, thumbnails and the keys for its webhooks."""

from django.urls import path

from store.engine.graphql.catalog.images import picture
from store.engine.graphql.view import graphql
from store.engine.graphql.webhooks.jwks import jwks

urlpatterns = [
    path("graphql/", graphql, name="graphql"),
    path("thumbnail/<str:global_id>/<int:size>/", picture, name="thumbnail"),
    path("thumbnail/<str:global_id>/<int:size>/<str:wanted_format>/", picture, name="thumbnail-in-format"),
    path(".well-known/jwks.json", jwks, name="jwks"),
]
