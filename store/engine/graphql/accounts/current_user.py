"""The user and the address that a request comes from."""

from collections.abc import Mapping

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
    """The client's IP address: as the view has set it or, for a call in process, as the store's pages say.

    A request over HTTP always has `remote-addr`, so that nobody can name another address from outside.
    """
    headers: Mapping[str, str] = info.context.headers
    return headers["remote-addr"] if "remote-addr" in headers else headers.get("client-address", "")


def require_staff_user(info: Info) -> User:
    """The requestor as a person of the staff. Raises PermissionDenied, for an app too."""
    user = info.context.user
    if user is None or not user.is_staff:
        raise PermissionDenied("AUTHENTICATED_STAFF_USER")
    staff: User = user
    return staff
