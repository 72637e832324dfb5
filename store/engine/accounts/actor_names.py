"""Names of the people and apps that did something, for logs that people read."""

from collections.abc import Iterable

from store.engine.accounts.models import User
from store.engine.events import current_actor
from store.engine.events.current_actor import Actor
from store.engine.events.models import App


def names(actors: Iterable[Actor]) -> dict[Actor, str]:
    """The e-mail address of a user, the name of an app; no entry for a guest or for one who was deleted."""
    wanted = set(actors)
    users = [int(actor.pk) for actor in wanted if actor.kind == "User"]
    apps = [int(actor.pk) for actor in wanted if actor.kind == "App"]
    found: dict[Actor, str] = {}
    if users:
        rows = User.objects.filter(pk__in=users).values_list("pk", "email")
        found |= {Actor("User", str(pk)): str(email) for pk, email in rows}
    if apps:
        named = App.objects.filter(pk__in=apps).values_list("pk", "name")
        found |= {Actor("App", str(pk)): name for pk, name in named}
    return found


def current_name() -> str:
    """Who is acting now; empty for a guest."""
    actor = current_actor.current()
    return names([actor]).get(actor, "")
