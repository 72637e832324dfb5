"""URLs of the engine: GraphQL, media, thumbnails and the public keys of webhook signatures."""

from django.urls import path

from store.engine.graphql.catalog.images import serve_thumbnail
from store.engine.graphql.catalog.media_files import serve_media
from store.engine.graphql.view import graphql
from store.engine.graphql.webhooks.jwks import jwks

urlpatterns = [
    path("media/<path:path>", serve_media, name="media"),
    path("graphql/", graphql, name="graphql"),
    path("thumbnail/<str:global_id>/<int:size>/", serve_thumbnail, name="thumbnail"),
    path(
        "thumbnail/<str:global_id>/<int:size>/<str:image_format>/",
        serve_thumbnail,
        name="thumbnail-in-format",
    ),
    path(".well-known/jwks.json", jwks, name="jwks"),
]
