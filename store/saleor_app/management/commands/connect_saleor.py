"""`manage.py connect_saleor URL`: connects the store to a real Saleor. It can be run again at any time."""

import getpass
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from store import saleor_connection
from store.saleor.client.client import Client
from store.saleor.errors import Refused, SaleorError
from store.saleor.transports import HttpTransport
from store.saleor_app import inspection, pending_registration, registration
from store.saleor_app.api_urls import NoApiUrl, api_url
from store.saleor_connection import SaleorConnection


class Command(BaseCommand):
    help = "Connects the store to a real Saleor: app, permissions, webhook, token; says what is left for a person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", help="such as https://shop.example/graphql/")
        parser.add_argument(
            "--email", default="", help="of a member of staff; the password is asked for and not kept"
        )
        parser.add_argument(
            "--token",
            action="store_true",
            help="use the token of an app instead; it is asked for, or read from SALEOR_APP_TOKEN",
        )
        parser.add_argument(
            "--dashboard", action="store_true", help="install from Saleor's Dashboard by our manifest instead"
        )
        parser.add_argument("--remove", action="store_true", help="delete app, webhook and connection")

    def handle(self, *_: Any, **options: Any) -> None:
        try:
            url = api_url(options["url"])
        except NoApiUrl as error:
            raise CommandError(str(error)) from error
        try:
            if options["dashboard"]:
                self._expect_installation(url)
            elif options["remove"]:
                self._remove(url, options)
            else:
                self._connect(url, options)
        except registration.NoApp:
            raise CommandError(
                "The token is not one of an app. Make one in the Dashboard: Extensions, Add custom."
            ) from None
        except Refused as error:
            raise CommandError(_refusal(error)) from error
        except SaleorError as error:
            raise CommandError(
                f"{error}\nNothing else was changed. Correct the cause and run it again."
            ) from error

    def _connect(self, url: str, options: dict[str, Any]) -> None:
        known = saleor_connection.read(settings.DATA_DIR, settings.SECRET_KEYS)
        token = known.app_token if known and known.api_url == url else ""
        client, is_staff = self._client(url, options)
        app = (
            registration.register_by_staff(client, known_token=token)
            if is_staff
            else registration.register_by_app(client, _token(client))
        )
        seen = inspection.inspect(client, url)
        connection = SaleorConnection(url, app.token, app.id, seen.picture_hosts)
        file = saleor_connection.write(settings.DATA_DIR, connection, settings.SECRET_KEY)
        self._report(app, seen.findings)
        self.stdout.write(f"\nWritten to {file}, readable by you only. Start the shop again to use it.")
        self.stdout.write(
            "Nothing was put into that shop: `manage.py seed` writes catalog_seed/ and guides/."
        )

    def _report(self, app: registration.RegisteredApp, findings: tuple[inspection.Finding, ...]) -> None:
        for text in app.done or ("nothing to change",):
            self.stdout.write(f"done   {text}")
        left = []
        for finding in findings:
            if finding.is_fine:
                self.stdout.write(f"fine   {finding.text}")
            else:
                left.append(finding.text)
        for text in left:
            self.stdout.write(self.style.WARNING(f"TO DO  {text}"))

    def _remove(self, url: str, options: dict[str, Any]) -> None:
        known = saleor_connection.read(settings.DATA_DIR, settings.SECRET_KEYS)
        client, is_staff = self._client(url, options)
        found = registration.find_app(client) if is_staff else client.app_by_token().app
        if found:
            registration.unregister(client, found.id, is_staff=is_staff)
        if known and known.api_url == url:
            saleor_connection.remove(settings.DATA_DIR)
        self.stdout.write(
            "Removed: webhook and connection" + (", with the app." if is_staff else "; the app stays.")
        )
        self.stdout.write("Start the shop again: it is answered by the embedded engine.")

    def _expect_installation(self, url: str) -> None:
        pending_registration.expect(settings.DATA_DIR, url)
        self.stdout.write(
            f"Within an hour, in the Dashboard of {url}: Extensions, Add custom, Install from manifest:\n"
            f"  {settings.PUBLIC_URL}/api/manifest\nThen start the shop again."
        )

    def _client(self, url: str, options: dict[str, Any]) -> tuple[Client, bool]:
        """With the token of staff (True) or of an app."""
        transport = HttpTransport(url)
        if options["token"]:
            token = settings.SALEOR_APP_TOKEN or getpass.getpass("Token of the app: ")
            return Client(transport, token=token.strip()), False
        email = options["email"] or input("E-mail of a member of staff: ")
        password = settings.SALEOR_STAFF_PASSWORD or getpass.getpass("Password (it is not kept): ")
        return Client(transport, token=registration.staff_token(Client(transport), email, password)), True


def _token(client: Client) -> str:
    return client.token or ""


def _refusal(error: Refused) -> str:
    if "INVALID_CREDENTIALS" in error.codes:
        return "E-mail or password is wrong, or the account is not active. Nothing was changed."
    if "OUT_OF_SCOPE_PERMISSION" in error.codes:
        return "This member of staff may not give the app its permissions. Use an account with full access."
    return f"Saleor refused it: {error}"
