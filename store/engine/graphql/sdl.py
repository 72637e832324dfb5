"""The SDL of the part of Saleor's schema that the store uses."""

from functools import cache
from pathlib import Path

from graphql import GraphQLSchema, build_schema

import store.saleor

SDL_PATH = Path(store.saleor.__file__).with_name("schema.graphql")


@cache
def saleor_schema() -> GraphQLSchema:
    """The SDL's types, without resolvers. Shared: treat it as read-only."""
    return build_schema(SDL_PATH.read_text(), assume_valid=True)
