"""Who asks, as the mutations of an account need to know it."""

from store.engine.accounts.models import User
from store.engine.errors import PermissionDenied
from store.engine.graphql.registry import Info


def signed_in(info: Info) -> User:
    """The user of the token; PermissionDenied for guests and apps."""
    user: User | None = info.context.user
    if user is None:
        raise PermissionDenied("AUTHENTICATED_USER")
    return user


def origin(info: Info) -> str:
    """Where the request comes from, as far as the door says so."""
    headers = info.context.headers
    return headers.get("remote-addr", "") or headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
