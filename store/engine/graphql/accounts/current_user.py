"""The user and the address that a request comes from."""

from collections.abc import Mapping

from store.engine.accounts.models import User
from store.engine.errors import OperationError, PermissionDenied, Required
from store.engine.graphql import ids
from store.engine.graphql.registry import Info


def require_user(info: Info) -> User:
    """The user of the token; raises PermissionDenied for anonymous clients and apps."""
    user: User | None = info.context.user
    if user is None:
        raise PermissionDenied("AUTHENTICATED_USER")
    return user


def named_or_own(info: Info, customer_id: str | None) -> User:
    """Whose account a request is about: the customer that an app names, or the user of the token.

    Raises PermissionDenied for guests, apps that may not act for customers, and accounts of staff; OperationError for
    a user who names one, and an app that names none; NotFound.
    """
    if info.context.app is None:
        user = require_user(info)
        if customer_id:
            raise OperationError("This field can be used by apps only.", field="customerId", code="INVALID")
        return user
    if not customer_id:
        if info.context.has_permission("IMPERSONATE_USER"):
            raise Required("This field is required when the mutation is run by app.", field="customerId")
        raise PermissionDenied("IMPERSONATE_USER")
    return named_customer(info, customer_id)


def named_customer(info: Info, customer_id: str) -> User:
    """The customer for whom the request acts. Raises PermissionDenied without the right to, or for an account of
    staff: who acts for it would have its rights.
    """
    if not info.context.has_permission("IMPERSONATE_USER"):
        raise PermissionDenied("IMPERSONATE_USER")
    customer: User = ids.get_row(customer_id, User, field="customerId")
    if customer.is_staff:
        raise PermissionDenied("MANAGE_STAFF")
    return customer


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
