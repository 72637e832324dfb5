"""The user and the address that a request comes from."""

from store.engine.accounts.models import User
from store.engine.errors import PermissionDenied
from store.engine.graphql.registry import Info


def require_user(info: Info) -> User:
    """The user of the token; raises PermissionDenied for anonymous clients and apps."""
    user: User | None = info.context.user
    if user is None:
        raise PermissionDenied("AUTHENTICATED_USER")
    return user


def client_ip(info: Info) -> str:
    """The client's IP address, as the view has set it; empty for a request in process."""
    return info.context.headers.get("remote-addr", "")
