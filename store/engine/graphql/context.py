"""What one request carries: who asks, from where, and what was already fetched for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from store.engine.accounts.requestor import SYSTEM


class Requestor(Protocol):
    """Who asks: a user, an app or nobody. `permissions` are PermissionEnum codes."""

    @property
    def user(self) -> Any: ...
    @property
    def app(self) -> Any: ...
    @property
    def permissions(self) -> frozenset[str]: ...


@dataclass(slots=True)
class Context:
    requestor: Requestor
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Any] = field(default_factory=dict)
    cache: dict[Any, Any] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)  # headers that the answer carries besides

    @property
    def user(self) -> Any:
        return self.requestor.user

    @property
    def app(self) -> Any:
        return self.requestor.app

    def may(self, *codes: str) -> bool:
        """Has one of the permissions; without codes: is a staff member, an app or the house itself."""
        if codes:
            return not self.requestor.permissions.isdisjoint(codes)
        if self.app is not None or self.requestor is SYSTEM:
            return True
        return bool(self.user and self.user.is_staff)

    def once(self, key: Any, make: Any) -> Any:
        """The value under `key`, made by `make()` the first time it is asked for in this request."""
        if key not in self.cache:
            self.cache[key] = make()
        return self.cache[key]
