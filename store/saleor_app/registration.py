"""Makes or updates the store's app in Saleor, with its webhook and token. What is right already stays as it is."""

from dataclasses import dataclass

from store.mailer.inbox import SUBSCRIPTION
from store.saleor.client.client import Client
from store.saleor.client.enums import PermissionEnum
from store.saleor.client.fragments import ConnectedApp, ConnectedAppWebhooks
from store.saleor.client.input_types import AppInput, AppTokenInput
from store.saleor.errors import GraphQLError, check
from store.saleor_app import webhooks
from store.saleor_app.app_permissions import ALL, APP_NAME, purpose


class NoApp(Exception):
    """The token is not one of an app."""


@dataclass(frozen=True, slots=True)
class RegisteredApp:
    """`token`: a new one, or the one that was given. `done`: what was changed, in words."""

    id: str
    token: str
    done: tuple[str, ...]


def staff_token(client: Client, email: str, password: str) -> str:
    """Log in once. Raises Refused with INVALID_CREDENTIALS."""
    return str(check(client.staff_token_create(email=email, password=password).token_create).token)


def register_by_staff(client: Client, *, known_token: str = "") -> RegisteredApp:
    """Make the app, or give the one that is there what it lacks. `client`: with the token of a member of staff.

    known_token: the app's token where the store has one already; else a new one is made.
    """
    found = find_app(client)
    if found is None:
        made = check(client.app_create(input=AppInput(name=APP_NAME, permissions=list(ALL))).app_create)
        assert made.app
        done = ("app made", *_keep_webhook(client, made.app, app_id=made.app.id))
        return RegisteredApp(made.app.id, made.auth_token or "", done)
    done_here = [*_grant(client, found), *_keep_webhook(client, found, app_id=found.id)]
    token = known_token
    if not _is_token_of(client.with_token(token), found):
        made_token = check(client.app_token_create(input=AppTokenInput(app=found.id)).app_token_create)
        token = made_token.auth_token or ""
        done_here.append("token made")
    return RegisteredApp(found.id, token, tuple(done_here))


def register_by_app(client: Client, token: str) -> RegisteredApp:
    """With the token of an app that was made in the Dashboard; only staff can change its permissions. Raises NoApp."""
    app = client.app_by_token().app
    if app is None:
        raise NoApp
    return RegisteredApp(app.id, token, tuple(_keep_webhook(client, app, app_id=None)))


def _is_token_of(client: Client, app: ConnectedApp) -> bool:
    """It may have been revoked in the Dashboard, or be of another app."""
    if not client.token:
        return False
    try:
        found = client.app_by_token().app
    except GraphQLError:
        return False
    return found is not None and found.id == app.id


def find_app(client: Client) -> ConnectedApp | None:
    """The app of that very name; the oldest, should there be several."""
    found = client.apps_by_name(name=APP_NAME).apps
    return next((edge.node for edge in found.edges if edge.node.name == APP_NAME), None) if found else None


def lacking(app: ConnectedApp) -> list[str]:
    """What an app lacks of what this version of the store needs, in words; an earlier one may have connected it."""
    found = [f"the permission {one.value} for {purpose(one)}" for one in ALL if one not in _granted(app)]
    ours = [hook for hook in app.webhooks or () if hook.name == webhooks.NAME]
    return found if any(map(_is_current, ours)) else [*found, "the webhook of this version, for mails"]


def unregister(client: Client, app_id: str, *, is_staff: bool) -> None:
    """Staff delete the app with its webhook and tokens; the app itself can only switch its webhook off."""
    if is_staff:
        check(client.app_delete(id=app_id).app_delete)
        return
    app = client.app_by_token().app
    for hook in (app.webhooks if app else None) or ():
        if hook.name == webhooks.NAME:
            check(client.webhook_delete(id=hook.id).webhook_delete)


def _grant(client: Client, app: ConnectedApp) -> list[str]:
    if not [one for one in ALL if one not in _granted(app)]:
        return []
    check(client.app_update(id=app.id, input=AppInput(permissions=list(ALL))).app_update)
    return ["permissions completed"]


def _granted(app: ConnectedApp) -> set[PermissionEnum]:
    return {one.code for one in app.permissions or ()}


def _keep_webhook(client: Client, app: ConnectedApp, *, app_id: str | None) -> list[str]:
    """One webhook of ours, as it must be; a second one would send each event twice."""
    ours = [hook for hook in app.webhooks or () if hook.name == webhooks.NAME]
    if not ours:
        check(client.webhook_create(input=webhooks.create_input(app_id)).webhook_create)
        return ["webhook made"]
    done = []
    first, *others = ours
    if not _is_current(first):
        check(client.webhook_update(id=first.id, input=webhooks.update_input()).webhook_update)
        done.append("webhook corrected")
    for other in others:
        check(client.webhook_delete(id=other.id).webhook_delete)
        done.append("second webhook deleted")
    return done


def _is_current(hook: ConnectedAppWebhooks) -> bool:
    return (
        hook.is_active
        and hook.target_url == webhooks.target_url()
        and hook.subscription_query == SUBSCRIPTION
        and {event.event_type for event in hook.async_events} == set(webhooks.event_types())
    )
