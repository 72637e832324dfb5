"""What the generated client stands on (copied into `client/` by codegen): see store.saleor.protocol."""

from store.saleor.protocol import Speaker


class BaseClient(Speaker):
    """Sends an operation through a transport and reads the answer."""
