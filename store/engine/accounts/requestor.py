"""Who asks? A user by JWT, an app by its token, or a guest. Looked up when first needed, so that a guest, and
a document that asks for nothing private, costs no statement."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import User
from store.engine.events import app_tokens, current_actor
from store.engine.events.models import App
from store.engine.events.permission_codes import ALL


class Requestor:
    """`user` raises BadToken for a token of ours that is expired, spoilt or called in."""

    def __init__(self, token: str = "") -> None:
        self._token = token

    @cached_property
    def app(self) -> App | None:
        is_jwt = self._token.count(".") == 2
        return app_tokens.app_of(self._token) if self._token and not is_jwt else None

    @cached_property
    def user(self) -> User | None:
        if self._token.count(".") != 2 or not jwt_tokens.looks_ours(self._token):
            return None
        return jwt_tokens.user_of(jwt_tokens.read(self._token), kind="access")

    @cached_property
    def permissions(self) -> frozenset[str]:
        if self.app:
            return self.app.permission_codes()
        return self.user.permission_codes() if self.user else frozenset()


class System(Requestor):
    """The house itself, when it renders a fact for one of its own listeners: sees everything, is nobody."""

    @cached_property
    def permissions(self) -> frozenset[str]:
        return ALL


SYSTEM = System()


def authenticate(headers: Mapping[str, str]) -> Requestor:
    """From `Authorization: Bearer …` (or JWT …) or `Authorization-Bearer: …`; names are in lower case."""
    if token := headers.get("authorization-bearer", ""):
        return Requestor(token.strip())
    scheme, _, token = headers.get("authorization", "").strip().partition(" ")
    return Requestor(token.strip() if scheme.lower() in ("bearer", "jwt") else "")


def of_user(user: User) -> Requestor:
    """A requestor for somebody who has proven the identity otherwise, as staff in the desk by a session."""
    made = Requestor()
    made.__dict__ |= {"user": user, "app": None}
    return made


@contextmanager
def acting(requestor: Any) -> Iterator[None]:
    """Facts recorded inside remember this requestor."""
    with current_actor.acting_as(lambda: _principal(requestor)):
        yield


def _principal(requestor: Any) -> current_actor.Principal:
    if requestor.app:
        return current_actor.Principal("App", str(requestor.app.pk))
    if requestor.user:
        return current_actor.Principal("User", str(requestor.user.pk))
    return current_actor.NOBODY
