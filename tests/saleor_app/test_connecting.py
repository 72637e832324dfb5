"""Connecting: app, webhook and token are made once, corrected where they differ, and kept out of others' hands.

The embedded engine answers in place of Saleor: it serves the same mutations with the same permissions.
"""

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client as Browser

from store import saleor_connection
from store.engine.graphql.serve import serve
from store.guidebook.wording import published_pages
from store.mailer.inbox import SUBSCRIPTION
from store.saleor import clients, picture_hosts
from store.saleor.client.client import Client
from store.saleor.client.enums import PermissionEnum
from store.saleor.client.input_types import AppInput, WebhookUpdateInput
from store.saleor.transports import InProcessTransport
from store.saleor_app import (
    inspection,
    pending_registration,
    published_content,
    registration,
    views,
    webhooks,
)
from store.saleor_app.api_urls import NoApiUrl, api_url
from store.saleor_app.app_permissions import ALL
from store.saleor_app.management.commands import connect_saleor
from store.saleor_app.models import ContentFinding
from store.saleor_connection import SaleorConnection

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "long-enough-1"
URL = "https://saleor.example/graphql/"


@pytest.fixture
def staff(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    settings.DATA_DIR, settings.PUBLIC_URL = tmp_path, "https://shop.example"
    transport = InProcessTransport(serve)
    for module in (connect_saleor, views):
        monkeypatch.setattr(module, "HttpTransport", lambda url: transport)
    monkeypatch.setattr(
        inspection, "_answers_of", lambda url: iter([inspection.Finding(True, "public keys")])
    )
    user = get_user_model()(email="owner@example.com", is_staff=True, is_superuser=True, is_active=True)
    user.is_confirmed = True
    user.set_password(PASSWORD)
    user.save()
    client = Client(transport)
    return client.with_token(registration.staff_token(client, user.email, PASSWORD))


def our_apps(staff: Client) -> list[Any]:
    found = staff.apps_by_name(name="Cupwell").apps
    return [edge.node for edge in found.edges if edge.node.name == "Cupwell"] if found else []


def test_the_app_gets_the_permissions_and_the_webhook_and_a_second_run_changes_nothing(staff: Client) -> None:
    made = registration.register_by_staff(staff)
    assert made.done == ("app made", "webhook made")
    (app,) = our_apps(staff)
    assert {one.code for one in app.permissions} == set(ALL)
    assert PermissionEnum.MANAGE_ORDERS in ALL
    (hook,) = app.webhooks
    assert (hook.target_url, hook.is_active) == ("https://shop.example/hooks/saleor/", True)
    assert hook.subscription_query == SUBSCRIPTION
    assert {event.event_type for event in hook.async_events} == set(webhooks.event_types())
    again = registration.register_by_staff(staff, known_token=made.token)
    assert (again.id, again.token, again.done) == (made.id, made.token, ())


def test_what_somebody_changed_is_put_right(staff: Client) -> None:
    made = registration.register_by_staff(staff)
    hook = our_apps(staff)[0].webhooks[0]
    staff.webhook_update(
        id=hook.id, input=WebhookUpdateInput(isActive=False, targetUrl="https://old.example/")
    )
    staff.webhook_create(input=webhooks.create_input(made.id))
    staff.app_update(id=made.id, input=AppInput(permissions=[PermissionEnum.MANAGE_PRODUCTS]))
    again = registration.register_by_staff(staff, known_token="revoked")
    assert again.done == (
        "permissions completed",
        "webhook corrected",
        "second webhook deleted",
        "token made",
    )
    assert again.token not in ("", "revoked", made.token)
    assert len(our_apps(staff)[0].webhooks) == 1


def test_an_app_of_the_dashboard_registers_its_webhook_itself_and_names_what_it_lacks(staff: Client) -> None:
    made = staff.app_create(
        input=AppInput(
            name="By hand", permissions=[PermissionEnum.MANAGE_ORDERS, PermissionEnum.MANAGE_USERS]
        )
    ).app_create
    assert made
    assert made.auth_token
    app = registration.register_by_app(staff.with_token(made.auth_token), made.auth_token)
    assert app.done == ("webhook made",)
    found = [one.text for one in inspection.app_findings(staff.with_token(made.auth_token), URL)]
    assert [text for text in found if "MANAGE_PRODUCTS for products, prices and stock" in text]
    assert not [text for text in found if "MANAGE_ORDERS" in text]


def test_a_shop_that_is_connected_is_told_what_an_update_needs(
    staff: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMBEDDED, settings.SALEOR_API_URL = False, URL
    made = registration.register_by_staff(staff)
    hook = our_apps(staff)[0].webhooks[0]
    earlier = [one for one in ALL if one is not PermissionEnum.MANAGE_CHECKOUTS]
    staff.app_update(id=made.id, input=AppInput(permissions=earlier))
    staff.webhook_update(id=hook.id, input=WebhookUpdateInput(query="subscription { event { issuedAt } }"))
    monkeypatch.setattr(clients, "staff", lambda: staff.with_token(made.token))
    monkeypatch.setattr(published_pages, "_pages", lambda: iter(()))
    assert published_content.check() == 2
    assert ContentFinding.objects.first().page == ""
    health = Browser().get("/healthz").json()
    assert (health["status"], health["saleor_app"]["concerns"]) == ("attention", {"lacking": 2})
    registration.register_by_staff(staff, known_token=made.token)
    assert published_content.check() == 0
    assert Browser().get("/healthz").json()["saleor_app"]["concerns"] == {}


def test_the_command_writes_the_connection_and_remove_takes_it_back(
    staff: Client, tmp_path: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    made = staff.app_create(input=AppInput(name="By hand", permissions=list(ALL))).app_create
    assert made
    settings.SALEOR_APP_TOKEN = made.auth_token
    call_command("connect_saleor", "https://saleor.example", "--token")
    said = capsys.readouterr().out
    assert "done   webhook made" in said
    assert "TO DO  " in said
    assert made.auth_token not in said
    file = tmp_path / saleor_connection.FILE
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (made.auth_token or "?") not in file.read_text()
    call_command("connect_saleor", URL, "--token", "--remove")
    assert not file.exists()
    app = staff.with_token(made.auth_token).app_by_token().app
    assert app
    assert app.webhooks == []


def test_a_wrong_token_is_told_in_a_sentence(staff: Client, settings: Any) -> None:
    settings.SALEOR_APP_TOKEN = "wrong"
    with pytest.raises(CommandError):
        call_command("connect_saleor", URL, "--token")


def test_the_token_is_read_with_an_earlier_secret_key_and_with_no_other(tmp_path: Path) -> None:
    connection = SaleorConnection(URL, "token", "QXBwOjE=", ("https://media.example",))
    saleor_connection.write(tmp_path, connection, "old")
    assert saleor_connection.read(tmp_path, ["new", "old"]) == connection
    with pytest.raises(saleor_connection.UnreadableConnection, match="connect again"):
        saleor_connection.read(tmp_path, ["new"])
    (tmp_path / saleor_connection.FILE).write_text("{")
    with pytest.raises(saleor_connection.UnreadableConnection):
        saleor_connection.read(tmp_path, ["old"])
    saleor_connection.remove(tmp_path)
    assert saleor_connection.read(tmp_path, ["old"]) is None


@pytest.mark.parametrize("given", ["https://saleor.example", "https://saleor.example/graphql", URL])
def test_an_address_is_taken_as_people_write_it(given: str) -> None:
    assert api_url(given) == URL


@pytest.mark.parametrize("given", ["saleor.example", "ftp://saleor.example", ""])
def test_what_is_no_address_is_refused(given: str) -> None:
    with pytest.raises(NoApiUrl):
        api_url(given)


def install(token: str, url: str = URL) -> Any:
    body = json.dumps({"auth_token": token})
    return Browser().post(
        "/api/register", body, content_type="application/json", headers={"Saleor-Api-Url": url}
    )


def test_the_dashboard_finds_the_manifest(staff: Client) -> None:
    manifest = Browser().get("/api/manifest").json()
    assert manifest["tokenTargetUrl"] == "https://shop.example/api/register"
    assert "MANAGE_ORDERS" in manifest["permissions"]
    assert manifest["webhooks"][0]["query"] == SUBSCRIPTION


@pytest.mark.parametrize(
    "body", ["[" * 9000, '{"a":' * 1600, '{"auth_token": "\\ud800"}', "null", "[1]", "9" * 5000]
)
def test_a_registration_that_is_no_json_of_ours_is_refused(body: str) -> None:
    answer = Browser().post(
        "/api/register", body, content_type="application/json", headers={"Saleor-Api-Url": URL}
    )
    assert (answer.status_code, answer.json()["success"]) == (400, False)


def test_only_the_expected_saleor_installs_the_store(staff: Client, tmp_path: Path) -> None:
    made = staff.app_create(input=AppInput(name="Cupwell", permissions=list(ALL))).app_create
    assert made
    token = made.auth_token or ""
    assert install(token).status_code == 403  # nobody asked for it
    pending_registration.expect(tmp_path, URL)
    assert install(token, "https://stranger.example/graphql/").status_code == 403
    assert install("forged").status_code in (403, 503)
    assert not (tmp_path / saleor_connection.FILE).exists()
    assert install(token).status_code == 200
    found = saleor_connection.read(tmp_path, connect_saleor.settings.SECRET_KEYS)
    assert found
    assert (found.api_url, found.app_token) == (URL, token)
    assert install(token).status_code == 403  # once


def test_a_seed_for_an_empty_shop_leaves_a_real_saleor_alone(
    settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMBEDDED, settings.SALEOR_API_URL = False, URL
    call_command("seed", "--if-empty")
    assert capsys.readouterr().out == f"{URL} is left as it is; `manage.py seed` fills it.\n"


def test_pictures_that_come_after_the_connection_are_let_in_and_named_until_then(
    staff: Client, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = "https://media.example"
    settings.PICTURE_HOSTS = ["https://saleor.example"]
    saleor_connection.write(tmp_path, SaleorConnection(URL, "token", "app"), settings.SECRET_KEYS[0])
    monkeypatch.setattr(picture_hosts, "picture_hosts", lambda client: (media,))
    monkeypatch.setattr(published_content, "picture_hosts", lambda client: (media,))
    (found,) = published_content._of_the_pictures()
    assert media in found[2]
    assert picture_hosts.remember(staff) == (media,)
    assert picture_hosts.remember(staff) == ()
    connection = saleor_connection.read(tmp_path, settings.SECRET_KEYS)
    assert connection == SaleorConnection(URL, "token", "app", (media,))
    settings.PICTURE_HOSTS.append(media)
    assert not list(published_content._of_the_pictures())
