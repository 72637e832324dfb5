"""`manage.py make_env https://shop.example`: writes a .env for a public shop, with fresh secrets."""

import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core.management.base import BaseCommand, CommandError, CommandParser

from store.deployment import is_reachable


class Command(BaseCommand):
    help = "Write a .env for a public shop, with fresh secrets. What only you know is asked for by options."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", help="where customers will reach the shop, such as https://shop.example")
        parser.add_argument(
            "--email-url", default="", help="such as smtp+tls://user:password@mail.example:587"
        )
        parser.add_argument("--mail-from", default="", help='such as "Your shop <hello@your.domain>"')
        parser.add_argument(
            "--saleor",
            default="",
            help="where staff will reach a Saleor of your own (--profile saleor), such as https://commerce.shop.example",
        )
        parser.add_argument(
            "--dashboard",
            default="",
            help="where staff will reach that Saleor's Dashboard (default: /dashboard of it), such as https://dashboard.shop.example/dashboard",
        )
        parser.add_argument(
            "--output", type=Path, default=Path(".env"), help="the file to write (default: .env)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        url, output = options["url"].rstrip("/"), options["output"]
        saleor = options["saleor"].rstrip("/")
        dashboard = options["dashboard"].rstrip("/")
        if dashboard and not saleor:
            raise CommandError("--dashboard is the one of a Saleor: give --saleor too.")
        for address in filter(None, (url, saleor, dashboard)):
            if urlsplit(address).scheme != "https" or not is_reachable(address):
                raise CommandError(f"{address} must begin with https:// and be one that others can reach.")
        lines = env_lines(url, email_url=options["email_url"], mail_from=options["mail_from"])
        lines += saleor_lines(url, saleor, dashboard or f"{saleor}/dashboard") if saleor else []
        try:
            output.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            raise CommandError(f"{output} exists; it holds secrets in use and is not overwritten.") from None
        output.write_text("\n".join(lines) + "\n")
        self.stdout.write(f"Written to {output}, readable by you only. Still to fill in:")
        for line in lines:
            if line.endswith("="):
                self.stdout.write(f"  {line}")
        self.stdout.write("  guides/maker.toml (who makes and answers for what you sell)")
        self.stdout.write("Then: docker compose up --build. A link for the first login is printed.")


def env_lines(url: str, *, email_url: str, mail_from: str) -> list[str]:
    """The lines of the file; an empty value is one that the merchant has to fill in."""
    host = urlsplit(url).hostname or ""
    password = secrets.token_urlsafe(32)
    return [
        "# Settings of a public shop. Keep this file secret and in your backup: links in mails and logins hang on it.",
        "PRODUCTION=1",
        f"PUBLIC_URL={url}",
        f"ALLOWED_HOSTS={host}",
        f"SECRET_KEY={secrets.token_urlsafe(48)}",
        f"POSTGRES_PASSWORD={password}",
        f"EMAIL_URL={quoted(email_url)}",
        f"MAIL_FROM={quoted(mail_from)}",
        "OWNER_EMAIL=",
    ]


def quoted(value: str) -> str:
    """As a shell and `docker compose` both read it from the file; plain where it needs no quotes."""
    if re.fullmatch(r"[\w./:@%+,=-]*", value, re.ASCII):
        return value
    if "'" not in value:
        return f"'{value}'"
    return '"' + re.sub(r'([\\"$`])', r"\\\1", value) + '"'


def saleor_lines(url: str, saleor: str, dashboard: str) -> list[str]:
    """The lines for a Saleor beside the shop at `url`, with secrets that the two do not share.

    `connect_saleor` can't find where the pictures are while that Saleor has none: they are named here.
    """
    host = urlsplit(saleor).hostname or ""
    clients = dict.fromkeys(urlsplit(address).hostname or "" for address in (saleor, url, dashboard))
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip()
    return [
        "# The Saleor of `docker compose --profile saleor`.",
        f"SALEOR_PUBLIC_URL={saleor}/",
        f"SALEOR_MEDIA_URL={saleor}/media/",
        f"SALEOR_ALLOWED_HOSTS={host},saleor,localhost,127.0.0.1",
        f"SALEOR_CLIENT_HOSTS={','.join(clients)}",
        f"SALEOR_DASHBOARD_URL={quoted(dashboard)}",
        f"PICTURE_HOSTS=https://{urlsplit(saleor).netloc}",
        f"SALEOR_SECRET_KEY={secrets.token_urlsafe(48)}",
        f"SALEOR_POSTGRES_PASSWORD={secrets.token_urlsafe(32)}",
        f'SALEOR_RSA_PRIVATE_KEY="{pem}"',
    ]
