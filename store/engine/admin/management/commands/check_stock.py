"""`manage.py check_stock`: does every stock row equal the sum of its movements? Changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from store.engine.stock import consistency
from store.engine.stock.models import Stock, StockMovement


class Command(BaseCommand):
    help = "Check that stock, promises and lots are the sum of their movements. Exit code 1 if something differs."

    def handle(self, *args: Any, **options: Any) -> None:
        found = consistency.differences()
        for line in found:
            self.stdout.write(line)
        rows, movements = Stock.objects.count(), StockMovement.objects.count()
        if found:
            raise CommandError(
                f"{len(found)} differences in {rows} stock rows. Count these at the desk; each count is a movement."
            )
        self.stdout.write(f"{rows} stock rows and {movements} movements: everything adds up.")
