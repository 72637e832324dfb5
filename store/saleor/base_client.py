"""Base class of the generated client; codegen copies this file into `client/`."""

from store.saleor.protocol import GraphQLClient


class BaseClient(GraphQLClient):
    """Sends an operation through a transport and reads the response: see store.saleor.protocol."""
