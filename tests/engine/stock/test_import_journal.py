"""Imports in several pieces: what a kill, an error in a later piece, or somebody else in the middle leaves."""

import importlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.utils import timezone

from store.engine.catalog.models import Product, ProductVariant
from store.engine.errors import OperationError
from store.engine.events import current_actor
from store.engine.events.current_actor import Actor
from store.engine.stock import catalog_import, import_journal
from store.engine.stock.catalog_import import Row
from store.engine.stock.models import CatalogImport, Stock, StockMovement, Warehouse
from tests.engine.checkout_flow import Shop, create_shop

pytestmark = pytest.mark.django_db
SKUS = ("A", "B", "C")
State = CatalogImport.State


class Killed(BaseException):
    pass


@pytest.fixture(autouse=True)
def one_row_a_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_journal, "PIECE_ROWS", 1)
    monkeypatch.setattr(import_journal, "PAUSE_SECONDS", 0)


@pytest.fixture
def shop() -> Shop:
    """A, B and C, ten of each in `main`."""
    made = create_shop()
    for sku in SKUS:
        made.variant(sku, sort_order=0)
    return made


def test_a_step_back_of_the_database_keeps_where_a_piece_begins() -> None:
    migration = importlib.import_module("store.engine.stock.migrations.0006_import_lines")
    pieces = [Mock(lines={"A": 7, "B": 5}), Mock(lines={})]
    apps = Mock()
    apps.get_model.return_value.objects.iterator.return_value = pieces
    migration.first_lines(apps, None)
    assert [piece.first_line for piece in pieces] == [5, 2]
    assert [piece.save.call_count for piece in pieces] == [1, 1]


def stored(**quantities: int) -> CatalogImport:
    return stored_rows(*({"sku": sku, "stock:main": quantity} for sku, quantity in quantities.items()))


def stored_rows(*given: dict[str, Any]) -> CatalogImport:
    rows = [Row(number, values) for number, values in enumerate(given, start=2)]
    with current_actor.acting_as(lambda: Actor("User", "7")):
        return import_journal.store(file_name="spring.csv", rows=rows)


def quantities() -> list[int]:
    return list(Stock.objects.order_by("variant__sku").values_list("quantity", flat=True))


def before_piece(monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[], object]) -> None:
    """Call `act` once, when the run of piece `number` (from 1) begins."""
    runs, real = [], catalog_import.Run.run

    def run(self: catalog_import.Run) -> None:
        runs.append(self)
        if len(runs) == number:
            act()
        real(self)

    monkeypatch.setattr(catalog_import.Run, "run", run)


def kill() -> None:
    raise Killed


def a_minute_later() -> None:
    CatalogImport.objects.update(progressed_at=timezone.now() - timedelta(seconds=61))


def without_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the check would have found happens after it."""
    monkeypatch.setattr(catalog_import, "check", lambda rows, **_: catalog_import.Result())


def test_a_killed_import_is_finished_in_the_name_of_who_began_it(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = stored(A=1, B=2, C=3)
    before_piece(monkeypatch, 2, kill)
    with pytest.raises(Killed):
        import_journal.apply(import_id=row.pk)
    assert quantities() == [1, 10, 10]
    assert import_journal.finish_interrupted() == 0  # its process may still be at work
    a_minute_later()
    assert import_journal.finish_interrupted() == 1
    row.refresh_from_db()
    assert (quantities(), row.state, row.value_count) == ([1, 2, 3], State.APPLIED, 3)
    assert set(StockMovement.objects.exclude(sku="A").values_list("principal_pk", flat=True)) == {"7"}
    assert import_journal.finish_interrupted() == 0


def test_a_killed_undo_is_finished(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    row = stored(A=1, B=2, C=3)
    import_journal.apply(import_id=row.pk)
    before_piece(monkeypatch, 2, kill)
    with pytest.raises(Killed):
        import_journal.undo(import_id=row.pk)
    assert quantities() == [1, 2, 10]
    a_minute_later()
    import_journal.finish_interrupted()
    row.refresh_from_db()
    assert (quantities(), row.state) == ([10, 10, 10], State.UNDONE)


def test_an_error_in_any_row_is_found_before_the_first_piece_is_written(shop: Shop) -> None:
    row = stored(A=1, B=2, C=-3)
    assert [(error.number, error.column) for error in import_journal.apply(import_id=row.pk).errors] == [
        (4, "stock:main")
    ]
    assert (quantities(), StockMovement.objects.count()) == ([10, 10, 10], 0)


def test_an_error_that_comes_up_in_a_later_piece_takes_everything_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored_rows(
        {"sku": "A", "stock:main": 1},
        {"sku": "NEW", "product": "gua-sha", "product_type": "cup-set", "stock:main": 4},
        {"sku": "NEW-2", "product": "cup-a", "stock:main": -1},
        {"sku": "B", "stock:main": -1},
    )
    result = import_journal.apply(import_id=row.pk)
    assert [error.number for error in result.errors] == [4]
    row.refresh_from_db()
    assert (row.state, row.applied_at, row.errors[0]["number"]) == (State.CHECKED, None, 4)
    assert quantities() == [10, 10, 10]
    assert not ProductVariant.objects.filter(sku__startswith="NEW").exists()
    assert not Product.objects.filter(slug="gua-sha").exists()


def test_a_killed_import_that_was_being_taken_back_is_taken_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored(A=1, B=2, C=-3)
    before_piece(monkeypatch, 4, kill)
    with pytest.raises(Killed):
        import_journal.apply(import_id=row.pk)
    assert quantities() == [1, 2, 10]
    a_minute_later()
    import_journal.finish_interrupted()
    row.refresh_from_db()
    assert (quantities(), row.state) == ([10, 10, 10], State.CHECKED)


def test_what_somebody_else_changed_in_the_middle_stays_theirs_and_is_named(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored(A=1, B=2, C=-3)
    before_piece(monkeypatch, 4, lambda: Stock.objects.filter(variant__sku="A").update(quantity=55))
    result = import_journal.apply(import_id=row.pk)
    assert quantities() == [55, 10, 10]
    assert [error.number for error in result.errors] == [4, 2]


def test_what_is_gone_meanwhile_keeps_nothing_else_from_being_taken_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored(A=1, B=2, C=-3)
    before_piece(monkeypatch, 4, lambda: ProductVariant.objects.filter(sku="A").delete())
    result = import_journal.apply(import_id=row.pk)
    row.refresh_from_db()
    assert (quantities(), row.state) == ([10, 10], State.CHECKED)
    assert [error.number for error in result.errors] == [4, 2]


def test_a_column_that_is_gone_meanwhile_ends_the_taking_back(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored(A=1, B=2, C=-3)
    before_piece(monkeypatch, 4, lambda: Warehouse.objects.filter(slug="main").update(slug="other"))
    result = import_journal.apply(import_id=row.pk)
    row.refresh_from_db()
    assert (quantities(), row.state) == ([1, 10, 10], State.CHECKED)
    assert len(result.errors) == 2


def test_a_refused_undo_leaves_what_was_sold_since(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    row = stored(A=1, B=10, C=3)
    import_journal.apply(import_id=row.pk)
    without_check(monkeypatch)
    Stock.objects.filter(variant__sku="A").update(quantity=55)
    Stock.objects.filter(variant__sku="B").update(quantity=4)
    result = import_journal.undo(import_id=row.pk)
    row.refresh_from_db()
    assert result.errors
    assert (quantities(), row.state) == ([55, 4, 3], State.APPLIED)


def test_pieces_that_somebody_ordered_meanwhile_are_not_deleted(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_check(monkeypatch)
    row = stored_rows(
        {"sku": "NEW", "product": "gua-sha", "product_type": "cup-set", "stock:main": 4},
        {"sku": "B", "stock:main": 2},
        {"sku": "C", "stock:main": -1},
    )
    before_piece(
        monkeypatch, 4, lambda: Stock.objects.filter(variant__sku="NEW").update(quantity_allocated=1)
    )
    import_journal.apply(import_id=row.pk)
    assert ProductVariant.objects.filter(sku="NEW", product__slug="gua-sha").count() == 1


def test_an_undo_that_meets_a_changed_value_undoes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = stored(A=1, B=2, C=3)
    import_journal.apply(import_id=row.pk)
    without_check(monkeypatch)
    Stock.objects.filter(variant__sku="A").update(quantity=55)
    result = import_journal.undo(import_id=row.pk)
    assert [error.column for error in result.errors] == ["stock:main"]
    row.refresh_from_db()
    assert (quantities(), row.state, row.undone_at) == ([55, 2, 3], State.APPLIED, None)


def test_one_import_at_a_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = stored(A=1, B=2), stored(C=3)
    before_piece(monkeypatch, 2, kill)
    with pytest.raises(Killed):
        import_journal.apply(import_id=first.pk)
    with pytest.raises(OperationError, match="under way"):
        import_journal.apply(import_id=second.pk)
    with pytest.raises(OperationError, match="applied before"):
        import_journal.apply(import_id=first.pk)
    assert quantities() == [1, 10, 10]


def test_a_new_product_may_cross_the_border_of_pieces_with_its_type_on_the_first_row(shop: Shop) -> None:
    row = stored_rows(
        {"sku": "NEW-1", "product": "gua-sha", "product_type": "cup-set", "product_name": "Gua sha"},
        {"sku": "NEW-2", "product": "gua-sha", "stock:main": 4},
        {"sku": "NEW-3", "product": "gua-sha"},
    )
    assert import_journal.apply(import_id=row.pk).errors == []
    product = Product.objects.get(slug="gua-sha")
    assert (product.name, product.variants.count()) == ("Gua sha", 3)


def test_errors_of_an_undo_name_the_line_of_the_file(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece whose first row changes nothing, and a file with an empty line."""
    monkeypatch.setattr(import_journal, "PIECE_ROWS", 2)
    rows = [
        Row(line, {"sku": sku, "stock:main": n}) for line, sku, n in ((2, "A", 10), (4, "B", 2), (5, "C", 3))
    ]
    row = import_journal.store(file_name="spring.csv", rows=rows)
    import_journal.apply(import_id=row.pk)
    Stock.objects.exclude(variant__sku="A").update(quantity=55)
    assert [error.number for error in import_journal.undo(import_id=row.pk).errors] == [4, 5]
