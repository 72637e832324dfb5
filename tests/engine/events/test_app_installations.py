"""An app is installed from its manifest as Saleor's Dashboard does it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import jwt
import pytest
import time_machine
from django.utils import timezone

from store.engine.accounts import jwt_tokens
from store.engine.accounts.models import Group, User
from store.engine.events import (
    app_installation_tasks,
    app_installations,
    app_tokens,
    checked_requests,
    signing_keys,
)
from store.engine.events.models import App, AppExtension, AppInstallation, AppToken, Event, Webhook
from tests.engine.api_client import GraphQLErrors, execute, execute_field, gid

pytestmark = pytest.mark.django_db(transaction=True)

FETCH = """mutation($url: String!) { appFetchManifest(manifestUrl: $url) { manifest { identifier name version about author
    permissions { code } appUrl tokenTargetUrl audience requiredSaleorVersion { constraint satisfied } brand { logo { default } }
    webhooks { name asyncEvents syncEvents query targetUrl } extensions { label mountName targetName settings permissions { code } } }
    errors { field code message } } }"""
INSTALL = """mutation($input: AppInstallInput!) { appInstall(input: $input) {
    appInstallation { id status appName manifestUrl message brand { logo { default } } } errors { field code permissions } } }"""
RETRY = "mutation($id: ID!) { appRetryInstall(id: $id) { appInstallation { status message } errors { field code } } }"
DELETE = "mutation($id: ID!) { appDeleteFailedInstallation(id: $id) { appInstallation { id } errors { field code } } }"
INSTALLATIONS = "{ appsInstallations { id status message appName } }"
APPS = "{ apps(first: 9) { edges { node { id name type } } } }"
SUBSCRIPTION = "subscription { event { ... on OrderPaid { order { number } } } }"


class RemoteApp:
    """A real HTTP server that has a manifest and takes tokens."""

    def __init__(self) -> None:
        self.manifest: Any = {}
        self.answer: tuple[int, bytes] = (200, b"{}")
        self.tokens: list[tuple[str, dict[str, str]]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.reply(200, json.dumps(outer.manifest).encode())

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.tokens.append((body["auth_token"], dict(self.headers.items())))
                self.reply(*outer.answer)

            def reply(self, status: int, body: bytes) -> None:
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None: ...

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.manifest = {
            "id": "example.stamps",
            "name": "Stamps",
            "version": "1.2.0",
            "about": "Prints stamps.",
            "author": " Stamps Ltd ",
            "permissions": ["MANAGE_ORDERS"],
            "appUrl": f"{self.url}/app",
            "tokenTargetUrl": f"{self.url}/register",
            "requiredSaleorVersion": ">=3.20 <4",
            "audience": "stamps",
            "extensions": [{"label": "Print", "url": "/print", "mount": "order_details_more_actions"}],
            "webhooks": [
                {
                    "name": "Paid",
                    "targetUrl": f"{self.url}/hook",
                    "query": SUBSCRIPTION,
                    "asyncEvents": ["ORDER_PAID"],
                }
            ],
        }
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def remote(settings: Any) -> Iterator[RemoteApp]:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = True
    app = RemoteApp()
    yield app
    app.server.shutdown()
    app.server.server_close()


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    pks: list[int] = []
    monkeypatch.setattr(app_installation_tasks, "enqueue", pks.append)
    return pks


@pytest.fixture
def boss(transactional_db: None) -> User:
    return User.objects.create_superuser("boss@cupwell.example", "a long way home")


def install(remote: RemoteApp, boss: User, **more: Any) -> dict[str, Any]:
    """Asks for it and runs the worker; the answer."""
    given = {
        "appName": "My stamps",
        "manifestUrl": f"{remote.url}/manifest",
        "permissions": ["MANAGE_ORDERS"],
    }
    answer: dict[str, Any] = execute_field(INSTALL, input=given | more, as_=boss)
    for pk in app_installations.due():
        app_installations.run(pk)
    return answer


def test_a_manifest_is_shown_before_the_app_is_installed(remote: RemoteApp, boss: User) -> None:
    answer = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)
    manifest = answer["manifest"]
    assert (answer["errors"], manifest["identifier"], manifest["author"]) == (
        [],
        "example.stamps",
        "Stamps Ltd",
    )
    assert manifest["permissions"] == [{"code": "MANAGE_ORDERS"}]
    assert manifest["requiredSaleorVersion"] == {"constraint": ">=3.20 <4", "satisfied": True}
    assert manifest["webhooks"][0]["asyncEvents"] == ["ORDER_PAID"]
    [extension] = manifest["extensions"]
    assert (extension["mountName"], extension["targetName"]) == ("ORDER_DETAILS_MORE_ACTIONS", "POPUP")
    assert (App.objects.count(), AppInstallation.objects.count(), remote.tokens) == (0, 0, [])


def test_an_app_is_installed_and_told_its_token(remote: RemoteApp, boss: User, queued: list[int]) -> None:
    installation = install(remote, boss)["appInstallation"]
    assert (installation["status"], installation["appName"], len(queued)) == ("PENDING", "My stamps", 1)
    assert execute_field(INSTALLATIONS, as_=boss) == []
    [edge] = execute_field(APPS, as_=boss)["edges"]
    assert (edge["node"]["name"], edge["node"]["type"]) == ("My stamps", "THIRDPARTY")
    [(token, headers)] = remote.tokens
    assert headers["Saleor-Api-Url"].endswith("/graphql/")
    details = "{ app { id aboutApp version author appUrl manifestUrl identifier isActive webhooks { name asyncEvents { eventType } } } }"
    app = execute_field(details, as_=token)
    assert app["id"] == edge["node"]["id"]
    assert (app["aboutApp"], app["version"], app["author"]) == ("Prints stamps.", "1.2.0", "Stamps Ltd")
    assert (app["appUrl"], app["manifestUrl"]) == (f"{remote.url}/app", f"{remote.url}/manifest")
    assert app["webhooks"] == [{"name": "Paid", "asyncEvents": [{"eventType": "ORDER_PAID"}]}]
    assert Event.objects.filter(type="APP_INSTALLED").count() == 1


def test_the_app_can_call_the_api_while_it_is_told_its_token(
    remote: RemoteApp, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The SDK of Saleor's apps asks for the app's id before it answers."""
    asked = []

    def ask(_url: str, token: str) -> None:
        asked.append((execute_field("{ app { name } }", as_=token), execute_field(APPS, as_=boss)["edges"]))

    monkeypatch.setattr(app_installations, "_tell_token", ask)
    install(remote, boss)
    assert asked == [({"name": "My stamps"}, [])]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ((403, b'{"error": {"message": "This shop is not allowed."}}'), "This shop is not allowed."),
        ((500, b"oops"), "App internal error (500). Try later or contact with app support."),
        ((302, b""), "App internal error (302). Try later or contact with app support."),
    ],
)
def test_what_the_app_refuses_is_kept_with_the_reason_and_tried_again(
    remote: RemoteApp, boss: User, answer: tuple[int, bytes], message: str
) -> None:
    remote.answer = answer
    install(remote, boss)
    [failed] = execute_field(INSTALLATIONS, as_=boss)
    assert (failed["status"], failed["message"]) == ("FAILED", message)
    assert (App.objects.count(), AppToken.objects.count(), Webhook.objects.count()) == (0, 0, 0)
    remote.answer = (200, b"")
    assert execute_field(RETRY, id=failed["id"], as_=boss)["appInstallation"] == {
        "status": "PENDING",
        "message": None,
    }
    app_installations.run(app_installations.due()[0])
    assert (App.objects.count(), AppInstallation.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"id": None}, "id", "INVALID"),
        ({"tokenTargetUrl": "javascript:alert(1)"}, "tokenTargetUrl", "INVALID_URL_FORMAT"),
        ({"author": "  "}, "author", "INVALID"),
        ({"requiredSaleorVersion": "three"}, "requiredSaleorVersion", "INVALID"),
        ({"permissions": ["MANAGE_EVERYTHING"]}, "permissions", "INVALID_PERMISSION"),
        (
            {"extensions": [{"label": "x", "url": "/", "mount": "m", "permissions": ["MANAGE_USERS"]}]},
            "extensions",
            "OUT_OF_SCOPE_PERMISSION",
        ),
        ({"webhooks": [{"name": "x", "targetUrl": "https://a.example", "query": "{"}]}, "webhooks", "INVALID"),
        (
            {"webhooks": [{"name": "x", "targetUrl": "https://a.example", "query": SUBSCRIPTION,
                           "syncEvents": ["CHECKOUT_CALCULATE_TAXES"]}]},
            "webhooks",
            "INVALID",
        ),
    ],
)  # fmt: skip
def test_a_manifest_that_can_not_work_is_refused(
    remote: RemoteApp, boss: User, change: dict[str, Any], field: str, code: str
) -> None:
    remote.manifest |= change
    answer = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)
    assert answer["manifest"] is None
    assert [(error["field"], error["code"]) for error in answer["errors"]] == [(field, code)]
    install(remote, boss)
    [failed] = execute_field(INSTALLATIONS, as_=boss)
    assert (failed["status"], failed["message"].split(":")[0]) == ("FAILED", field)
    assert App.objects.count() == 0


def test_a_missing_key_is_required(remote: RemoteApp, boss: User) -> None:
    del remote.manifest["version"]
    [error] = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)["errors"]
    assert (error["field"], error["code"]) == ("version", "REQUIRED")


def test_an_app_for_another_saleor_is_shown_and_not_installed(remote: RemoteApp, boss: User) -> None:
    remote.manifest["requiredSaleorVersion"] = "^4.0"
    manifest = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)["manifest"]
    assert manifest["requiredSaleorVersion"] == {"constraint": "^4.0", "satisfied": False}
    install(remote, boss)
    [failed] = execute_field(INSTALLATIONS, as_=boss)
    assert "is not supported by the app" in failed["message"]


def test_one_app_is_installed_once(remote: RemoteApp, boss: User) -> None:
    install(remote, boss)
    install(remote, boss)
    [failed] = execute_field(INSTALLATIONS, as_=boss)
    assert failed["message"].startswith("identifier: App with the same identifier is already installed")
    assert App.objects.count() == 1


def test_nothing_is_fetched_from_inside(remote: RemoteApp, boss: User, settings: Any) -> None:
    settings.WEBHOOK_ALLOW_PRIVATE_ADDRESSES = False
    [error] = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)["errors"]
    assert (error["field"], error["code"]) == ("manifestUrl", "MANIFEST_URL_CANT_CONNECT")
    install(remote, boss)
    assert execute_field(INSTALLATIONS, as_=boss)[0]["status"] == "FAILED"
    assert remote.tokens == []


@pytest.mark.parametrize("body", [b"<html>", b"[" * 9000, b'"text"'])
def test_what_is_no_manifest_is_said_to_be_none(
    remote: RemoteApp, boss: User, body: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        checked_requests, "send", lambda *_, **__: checked_requests.Response(200, "text/html", body)
    )
    [error] = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)["errors"]
    assert (error["field"], error["code"]) in [
        ("manifestUrl", "INVALID_MANIFEST_FORMAT"),
        ("manifestUrl", "INVALID"),
    ]


def test_a_manifest_of_many_bytes_is_not_read(remote: RemoteApp, boss: User) -> None:
    remote.manifest["about"] = "x" * 300_000
    [error] = execute_field(FETCH, url=f"{remote.url}/manifest", as_=boss)["errors"]
    assert (error["field"], error["code"]) == ("manifestUrl", "INVALID_MANIFEST_FORMAT")


def test_what_is_going_on_is_not_deleted_nor_begun_again(remote: RemoteApp, boss: User) -> None:
    answer = execute_field(INSTALL, input={"appName": "x", "manifestUrl": f"{remote.url}/m"}, as_=boss)
    pk = answer["appInstallation"]["id"]
    assert execute_field(DELETE, id=pk, as_=boss)["errors"] == [{"field": "id", "code": "INVALID_STATUS"}]
    assert execute_field(RETRY, id=pk, as_=boss)["errors"] == [{"field": "id", "code": "INVALID_STATUS"}]
    AppInstallation.objects.update(status="FAILED")
    assert execute_field(DELETE, id=pk, as_=boss)["appInstallation"] == {"id": pk}
    assert AppInstallation.objects.count() == 0


def test_a_worker_that_died_is_followed_by_another(
    remote: RemoteApp, boss: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(app_installations, "_tell_token", die)
        with pytest.raises(Killed):
            install(remote, boss)
    assert (App.objects.count(), app_installations.due()) == (1, [])
    with time_machine.travel(timezone.now() + app_installations.LEASE + timedelta(seconds=1)):
        app_installations.run(app_installations.due()[0])
    assert (App.objects.count(), AppInstallation.objects.count(), AppToken.objects.count()) == (1, 0, 1)
    assert app_tokens.find_app(remote.tokens[0][0]) == App.objects.get()


def test_a_sweep_finds_what_no_message_told(remote: RemoteApp, boss: User, queued: list[int]) -> None:
    execute_field(INSTALL, input={"appName": "x", "manifestUrl": f"{remote.url}/m"}, as_=boss)
    app_installation_tasks.sweep()
    assert queued == [AppInstallation.objects.get().pk] * 2


def test_only_a_person_who_may_manage_apps_installs_one(remote: RemoteApp, boss: User) -> None:
    given = {"appName": "x", "manifestUrl": f"{remote.url}/m", "permissions": ["MANAGE_USERS"]}
    manager = User.objects.create_user("apps@cupwell.example", "a long way home", is_staff=True)
    with pytest.raises(GraphQLErrors):
        execute(INSTALL, input=given, as_=manager)
    Group.objects.create(name="Apps", permissions=["MANAGE_APPS"]).users.add(manager)
    manager = User.objects.get(pk=manager.pk)
    assert execute_field(INSTALL, input=given, as_=manager)["errors"] == [
        {"field": "permissions", "code": "OUT_OF_SCOPE_PERMISSION", "permissions": ["MANAGE_USERS"]}
    ]
    app = App.objects.create(name="Manager", permissions=["MANAGE_APPS", "MANAGE_USERS"])
    with pytest.raises(GraphQLErrors):
        execute(INSTALL, input=given, as_=app)
    assert AppInstallation.objects.count() == 0


def test_staff_opens_an_app_with_a_token_that_can_do_what_both_can(remote: RemoteApp, boss: User) -> None:
    remote.manifest["permissions"] = ["MANAGE_ORDERS", "MANAGE_USERS"]
    install(remote, boss, permissions=["MANAGE_ORDERS", "MANAGE_USERS"])
    packer = User.objects.create_user("packer@cupwell.example", "a long way home", is_staff=True)
    Group.objects.create(name="Orders", permissions=["MANAGE_ORDERS", "MANAGE_GIFT_CARD"]).users.add(packer)
    packer = User.objects.get(pk=packer.pk)
    app = App.objects.get()
    token = execute_field("query($id: ID!) { app(id: $id) { accessToken } }", id=gid(app), as_=packer)[
        "accessToken"
    ]
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["type"], claims["app"], claims["aud"]) == ("thirdparty", gid(app), "stamps")
    assert claims["permissions"] == ["MANAGE_ORDERS"]
    assert claims["user_permissions"] == ["MANAGE_GIFT_CARD", "MANAGE_ORDERS"]
    assert signing_keys.decode_token(token) == claims
    assert execute_field("{ me { email } }", as_=token) == {"email": "packer@cupwell.example"}
    assert execute_field("{ orders(first: 1) { totalCount } }", as_=token) == {"totalCount": 0}
    with pytest.raises(GraphQLErrors):
        execute("{ giftCards(first: 1) { totalCount } }", as_=token)
    app.is_active = False
    app.save()
    with pytest.raises(GraphQLErrors):
        execute("{ me { email } }", as_=token)


def test_an_app_gets_no_other_token_with_the_one_it_has(boss: User) -> None:
    """Its own renewed without end, or that of an app that may do more."""
    small, large = (
        App.objects.create(name=name, type=App.Type.THIRDPARTY, identifier=name, permissions=permissions)
        for name, permissions in (("s", ["MANAGE_APPS"]), ("l", ["MANAGE_APPS", "MANAGE_ORDERS"]))
    )
    AppExtension.objects.create(app=large, label="Print", url="https://l.example", permissions=[])
    query = "{ apps(first: 9) { edges { node { accessToken extensions { accessToken } } } } }"
    as_boss = str(execute_field(query, as_=boss))
    assert as_boss.count("'accessToken': 'ey") == 3
    token = jwt_tokens.app_access_token(boss, small, users_codes=boss.permission_codes())
    assert str(execute_field(query, as_=token)).count("'accessToken': None") == 3


def test_a_token_for_an_app_may_do_no_more_than_the_request_that_asked_for_it(boss: User) -> None:
    app = App.objects.create(name="a", permissions=["MANAGE_ORDERS", "MANAGE_USERS"])
    extension = AppExtension.objects.create(
        app=app, label="Print", url="https://a.example", permissions=["MANAGE_ORDERS"]
    )
    orders, users = frozenset({"MANAGE_ORDERS"}), frozenset({"MANAGE_USERS"})
    for token in (
        jwt_tokens.app_access_token(boss, app, users_codes=orders),
        jwt_tokens.extension_access_token(boss, extension, users_codes=orders) or "",
    ):
        claims = signing_keys.decode_token(token)
        assert (claims["permissions"], claims["user_permissions"]) == (["MANAGE_ORDERS"], ["MANAGE_ORDERS"])
    assert jwt_tokens.extension_access_token(boss, extension, users_codes=users) is None


def test_an_app_that_acts_for_the_owner_manages_no_owner(boss: User) -> None:
    other = User.objects.create_superuser("other@cupwell.example", "a long way home")
    app = App.objects.create(name="a", permissions=["MANAGE_STAFF"])
    token = jwt_tokens.app_access_token(boss, app, users_codes=boss.permission_codes())
    change = """mutation($id: ID!) { staffUpdate(id: $id, input: {email: "mine@evil.example"}) {
        errors { code } } }"""
    for owner in (boss, other):
        assert execute_field(change, id=gid(owner), as_=token)["errors"] == [{"code": "OUT_OF_SCOPE_USER"}]
    assert set(User.objects.values_list("email", flat=True)) == {boss.email, other.email}
    assert execute_field(change, id=gid(other), as_=boss)["errors"] == []


def test_the_dashboard_shows_an_apps_extensions_to_who_may_use_them(remote: RemoteApp, boss: User) -> None:
    remote.manifest["extensions"] = [
        {"label": "Print", "url": "/print", "mount": "ORDER_DETAILS_MORE_ACTIONS", "permissions": ["MANAGE_ORDERS"]},
        {"label": "Help", "url": "https://help.example", "mount": "NAVIGATION_ORDERS", "target": "NEW_TAB",
         "options": {"newTabTarget": {"method": "GET"}}},
    ]  # fmt: skip
    install(remote, boss)
    query = """query($filter: AppExtensionFilterInput) { appExtensions(first: 9, filter: $filter) { edges { node {
        label url mountName targetName settings permissions { code } app { name } accessToken } } } }"""
    (help_,) = execute_field(query, filter={"targetName": "new_tab"}, as_=boss)["edges"]
    assert help_["node"]["settings"] == {"newTabTarget": {"method": "GET"}}
    (shown,) = execute_field(query, filter={"mountName": ["ORDER_DETAILS_MORE_ACTIONS"]}, as_=boss)["edges"]
    node = shown["node"]
    assert (node["url"], node["mountName"], node["targetName"]) == (
        f"{remote.url}/print", "ORDER_DETAILS_MORE_ACTIONS", "POPUP",
    )  # fmt: skip
    assert jwt.decode(node["accessToken"], options={"verify_signature": False})["permissions"] == [
        "MANAGE_ORDERS"
    ]
    packer = User.objects.create_user("packer@cupwell.example", "a long way home", is_staff=True)
    edges = execute_field(query, as_=packer)["edges"]
    assert [edge["node"]["accessToken"] is None for edge in edges] == [True, False]
    App.objects.update(is_active=False)
    assert execute_field(query, as_=boss)["edges"] == []


def test_an_app_of_the_shop_gets_no_such_token(boss: User) -> None:
    app = App.objects.create(name="Own", permissions=["MANAGE_ORDERS"])
    assert execute_field("query($id: ID!) { app(id: $id) { accessToken type } }", id=gid(app), as_=boss) == {
        "accessToken": None,
        "type": "LOCAL",
    }
