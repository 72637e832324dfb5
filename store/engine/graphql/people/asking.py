"""Who asks, as the mutations of an account need to know it."""

from store.engine.graphql.base import Info
from store.engine.people.models import User
from store.engine.refusals import PermissionDenied


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
