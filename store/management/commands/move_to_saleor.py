"""`manage.py move_to_saleor`: moves the embedded shop to the Saleor that `connect_saleor` has connected."""

import getpass
import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import BaseCommand, CommandError

from store import wiring
from store.mailer import moved_orders
from store.move import closing
from store.move.context import MoveContext
from store.move.move import move
from store.move.report import Report
from store.move.shop_api import ShopApi
from store.move.temporary_app import temporary_app
from store.move.trade.references import FORMER
from store.saleor import clients, picture_hosts
from store.saleor.client.client import Client
from store.saleor.errors import SaleorError
from store.saleor_app.registration import staff_token
from store.seed.progress import NoProgress, ProgressBar
from store.seed.write.context import MissingObject, ObjectRefused
from store.seed.write.shop import CurrencyDiffers

REPORT = "move.json"


class Command(BaseCommand):
    help = (
        "Moves the embedded shop to the connected Saleor. Without --close it prepares: catalogue and customers. "
        "With it the embedded shop is closed for buying, then stock, vouchers, gift cards, orders with their "
        "mails, and baskets are moved as well. It can be run again at any time and goes on where it stopped."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--email", default="", help="of a member of Saleor's staff; the password is not kept"
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="write nothing, say what would be done; needs the same login",
        )
        parser.add_argument(
            "--overwrite",
            action="store_true",
            help="what was changed in Saleor becomes as the former shop has it",
        )
        parser.add_argument(
            "--report", default="", help=f"where the report goes as JSON; else {REPORT} in the data folder"
        )
        parser.add_argument(
            "--close",
            action="store_true",
            help="close the embedded shop for buying, then move what it has sold; its pages and mails go on",
        )
        parser.add_argument(
            "--reopen", action="store_true", help="only open the embedded shop again that --close has closed"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        former = ShopApi(wiring.embedded_shop())
        try:
            if options["reopen"]:
                self._say("opened for buying", closing.reopen(former))
                return
            if settings.EMBEDDED:
                raise CommandError("No Saleor is connected: run `manage.py connect_saleor URL` first.")
            if options["close"] and not options["dry_run"]:
                self._say("closed for buying", closing.close(former))
                closing.wait_until_quiet(
                    to_tell=wiring.embedded_events_to_tell, under_way=lambda: moved_orders.under_way(FORMER)
                )
            with temporary_app(lambda: self._login(options["email"])) as new:
                self._move(former.client, new, options)
        except closing.StillBusy as error:
            raise CommandError(str(error)) from error
        except SaleorError as error:
            raise CommandError(f"{error}\nCorrect the cause, then run it again.") from error

    def _say(self, what: str, channels: Iterator[str]) -> None:
        self.stdout.write(f"{what}: {', '.join(channels) or 'nothing to change'}")

    def _move(self, former: Client, new: Client, options: dict[str, Any]) -> None:
        report = Report(FORMER, settings.SHOP_ID, is_dry_run=options["dry_run"], with_trade=options["close"])
        context = MoveContext(
            former,
            new,
            report,
            overwrite=options["overwrite"],
            dry=options["dry_run"],
            is_told=lambda: not wiring.embedded_events_to_tell(),
        )
        progress = ProgressBar(what="move") if options["verbosity"] else NoProgress()
        try:
            move(context, _read_picture, progress, with_trade=options["close"])
            if not options["dry_run"]:
                picture_hosts.remember(new)
        except (MissingObject, ObjectRefused, CurrencyDiffers) as error:
            raise CommandError(
                f"{error}\nWhat was moved is whole. Correct the cause, then run it again."
            ) from error
        finally:
            file = Path(options["report"] or settings.DATA_DIR / REPORT)
            file.write_text(json.dumps(report.to_json(), indent=1, ensure_ascii=False))
            self.stdout.write(f"{report.to_text()}\nWritten to {file}.")

    def _login(self, email: str) -> Client:
        self._email = getattr(self, "_email", "") or email or input("E-mail of a member of Saleor's staff: ")
        self._password = (
            getattr(self, "_password", "")
            or settings.SALEOR_STAFF_PASSWORD
            or getpass.getpass("Password (it is not kept): ")
        )
        anybody = clients.storefront()
        return anybody.with_token(staff_token(anybody, self._email, self._password))


def _read_picture(url: str) -> tuple[str, bytes]:
    """A file of the embedded shop's media. Raises FileNotFoundError."""
    path = unquote(urlsplit(url).path).removeprefix(settings.MEDIA_URL)
    with default_storage.open(path) as file:
        return Path(path).name, file.read()
