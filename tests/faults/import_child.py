"""The process of `test_killed_imports`: `python -m tests.faults.import_child VERB`, on the data folder of the environment.

`begin` imports and kills itself with SIGKILL before the third piece is committed; `finish` is what the worker does after
the restart; `show` prints (state, prices changed, movements).
"""

import os
import signal
import sys
from datetime import timedelta
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "store.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from store.engine.catalog.models import VariantChannelListing  # noqa: E402
from store.engine.stock import import_journal  # noqa: E402
from store.engine.stock.catalog_import import Row  # noqa: E402
from store.engine.stock.models import CatalogImport, StockMovement  # noqa: E402
from tests.engine.checkout_flow import create_shop  # noqa: E402

VARIANTS, KILLED_AT_PIECE = 250, 3


def begin() -> None:
    call_command("migrate", verbosity=0)
    shop = create_shop()
    rows = []
    for number in range(VARIANTS):
        shop.variant(f"CUP-{number}", sort_order=number)
        values = {"sku": f"CUP-{number}", "price:default-channel": Decimal("31.00"), "stock:main": 7}
        rows.append(Row(number + 2, values))
    stored = import_journal.store(file_name="spring.csv", rows=rows)
    written, write_down = [], import_journal._write_down

    def kill_at_last(*given: object) -> None:
        write_down(*given)  # type: ignore[arg-type]
        written.append(given)
        if len(written) == KILLED_AT_PIECE:
            os.kill(os.getpid(), signal.SIGKILL)

    import_journal._write_down = kill_at_last
    import_journal.apply(import_id=stored.pk)


def finish() -> None:
    import_journal.INTERRUPTED_AFTER = timedelta(0)
    import_journal.finish_interrupted()


def show() -> None:
    prices = VariantChannelListing.objects.filter(price_amount=31).count()
    print(CatalogImport.objects.get().state, prices, StockMovement.objects.filter(reason="adjusted").count())


if __name__ == "__main__":
    {"begin": begin, "finish": finish, "show": show}[sys.argv[1]]()
