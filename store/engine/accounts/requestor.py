"""The requestor of a request: a user by JWT, an app by its token, or a guest.

Looked up on first use, so that a guest, or a document that selects nothing private, costs no statement.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens, current_actor
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL_PERMISSIONS


class Requestor:
    """`user` raises InvalidToken for a token issued here that is expired, malformed or revoked."""

    def __init__(self, token: str = "") -> None:
        self._token = token
        self._in_app: frozenset[str] | None = None  # what an app may do for its user, see `app_access_token`

    @cached_property
    def app(self) -> App | None:
        is_jwt = self._token.count(".") == 2
        return app_tokens.find_app(self._token) if self._token and not is_jwt else None

    @cached_property
    def user(self) -> User | None:
        if self._token.count(".") != 2 or not jwt_tokens.is_own_token(self._token):
            return None
        claims = jwt_tokens.decode(self._token)
        if claims.get("type") != jwt_tokens.APP_ACCESS:
            return jwt_tokens.get_user(claims, kind="access")
        self._in_app = jwt_tokens.get_app(claims).permission_codes() & set(claims["permissions"])
        return jwt_tokens.get_user(claims, kind=jwt_tokens.APP_ACCESS)

    @property
    def is_app_for_user(self) -> bool:
        """Whether an app acts for `user`, by a token of `app_access_token`."""
        return self.user is not None and self._in_app is not None

    @cached_property
    def permissions(self) -> frozenset[str]:
        if self.app:
            return self.app.permission_codes()
        codes = self.user.permission_codes() if self.user else frozenset[str]()
        return codes if self._in_app is None else codes & self._in_app


class UserRequestor(Requestor):
    """A user who was authenticated otherwise than by a token."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self._user = user

    @cached_property
    def user(self) -> User | None:
        return self._user


class SystemRequestor(Requestor):
    """For rendering events to in-process listeners: all permissions, neither user nor app."""

    @cached_property
    def permissions(self) -> frozenset[str]:
        return ALL_PERMISSIONS


SYSTEM = SystemRequestor()


def authenticate(headers: Mapping[str, str]) -> Requestor:
    """From `Authorization: Bearer …` (or JWT …) or `Authorization-Bearer: …`; header names must be in lower case."""
    if token := headers.get("authorization-bearer", ""):
        return Requestor(token.strip())
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return Requestor(token.strip() if scheme.lower() in ("bearer", "jwt") else "")


def requestor_for_user(user: User) -> Requestor:
    """The requestor for a user who was authenticated otherwise, as staff in the admin by a session."""
    return UserRequestor(user)


@contextmanager
def acting_as(requestor: Any) -> Iterator[None]:
    """Events recorded inside the block store this requestor as their actor."""
    with current_actor.acting_as(lambda: _actor(requestor)):
        yield


def _actor(requestor: Any) -> current_actor.Actor:
    if requestor.app:
        return current_actor.Actor("App", str(requestor.app.pk))
    if requestor.user:
        return current_actor.Actor("User", str(requestor.user.pk))
    return current_actor.ANONYMOUS
