"""The context of a GraphQL request: the requestor, headers, uploaded files, rows and a cache."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from store.engine.accounts.requestor import SYSTEM
from store.engine.graphql.row_states import RowStates


class Requestor(Protocol):
    """A user, an app or an anonymous client. `permissions` are PermissionEnum codes."""

    @property
    def user(self) -> Any: ...
    @property
    def app(self) -> Any: ...
    @property
    def is_app_for_user(self) -> bool: ...
    @property
    def permissions(self) -> frozenset[str]: ...


@dataclass(slots=True)
class Context:
    """`info.context` of resolvers; lives for one request."""

    requestor: Requestor
    headers: Mapping[str, str] = field(default_factory=dict)  # of the request, names in lower case
    files: Mapping[str, Any] = field(default_factory=dict)  # of a multipart request, by part name
    cache: dict[Any, Any] = field(default_factory=dict)
    response_headers: dict[str, str] = field(default_factory=dict)  # added to the response
    rows: RowStates = field(default_factory=RowStates)  # what is known about the rows that are shown

    @property
    def user(self) -> Any:
        return self.requestor.user

    @property
    def app(self) -> Any:
        return self.requestor.app

    @property
    def person(self) -> Any:
        """The user who sends the request; None for an app, also for one that acts for a user."""
        return None if self.requestor.is_app_for_user else self.user

    def has_permission(self, *codes: str) -> bool:
        """Whether the requestor has one of the permissions; without codes: is staff, an app or the system."""
        if codes:
            return not self.requestor.permissions.isdisjoint(codes)
        if self.app is not None or self.requestor is SYSTEM:
            return True
        return bool(self.user and self.user.is_staff)

    def get_or_set(self, key: Any, make: Callable[[], Any]) -> Any:
        """The cached value of `key`; calls `make()` the first time in this request."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]
