"""Imports as they are written: piece by piece, each in a short transaction, and in the end all of it or nothing.

`apply` checks the whole file first. A piece that can't be written all the same (somebody changed something since) turns
the import round: what was written is withdrawn. An undo that meets a changed value puts back what it had undone.
The state and the pieces are rows of the database, changed with the values they tell of. So an import whose process was
killed goes on where it stood, in the direction in which it went: `finish_interrupted` finds it.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from store.engine.catalog import products, variants
from store.engine.catalog.models import Product, ProductVariant
from store.engine.errors import NotFound, OperationError
from store.engine.events import current_actor
from store.engine.events.current_actor import Actor
from store.engine.stock import catalog_import
from store.engine.stock.catalog_import import Change, Result, Row, RowError, Run, Values, rows_of
from store.engine.stock.locking import lock_for_deletion
from store.engine.stock.models import CatalogImport, CatalogImportPiece

State = CatalogImport.State
RUNNING = (State.APPLYING, State.WITHDRAWING, State.UNDOING)
PIECE_ROWS = 50
# A writer that waits for SQLite's lock looks for it every 0.1 s: a shorter pause would leave it waiting for all pieces.
PAUSE_SECONDS = 0.12
INTERRUPTED_AFTER = timedelta(seconds=60)
NEW_PRODUCT_COLUMNS = ("product_type", "category")


class _Refused(Exception):
    """A piece can't be written; its transaction is rolled back."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        super().__init__()
        self.errors = list(errors)


def store(*, file_name: str, rows: Sequence[Row]) -> CatalogImport:
    """Keep a checked file until it is applied; those that nobody applied within a day are deleted."""
    actor = current_actor.current()
    with transaction.atomic(durable=True):
        yesterday = timezone.now() - timedelta(days=1)
        CatalogImport.objects.filter(state=State.CHECKED, created_at__lt=yesterday).delete()
        row = CatalogImport.objects.create(
            file_name=file_name[:255], principal_kind=actor.kind, principal_pk=actor.pk
        )
        for piece in _pieces(row, rows):  # one at a time: all together are the file once more in memory
            piece.save(force_insert=True)
    return row


def _pieces(row: CatalogImport, rows: Sequence[Row]) -> Iterator[CatalogImportPiece]:
    new_products = _values_of_new_products(rows)
    for number, start in enumerate(range(0, len(rows), PIECE_ROWS)):
        part = rows[start : start + PIECE_ROWS]
        yield CatalogImportPiece(
            catalog_import=row,
            number=number,
            lines={one.sku: one.number for one in part},
            rows=[
                new_products.get(one.values.get("product"), {})
                | {name: catalog_import.json_value(value) for name, value in one.values.items()}
                for one in part
            ],
        )


def _values_of_new_products(rows: Sequence[Row]) -> dict[object, dict[str, Any]]:
    """By slug, what a product that is not there yet is made of; only its first row must have it. Each piece is checked
    for itself, so the product's rows in later pieces need it too.
    """
    first: dict[object, Values] = {}
    for row in rows:
        if row.values.get("product_type"):
            first.setdefault(row.values.get("product"), row.values)
    known = {
        slug
        for part in catalog_import.parts(list(first))
        for slug in Product.objects.filter(slug__in=part).values_list("slug", flat=True)
    }
    return {
        slug: {name: values[name] for name in NEW_PRODUCT_COLUMNS if name in values}
        for slug, values in first.items()
        if slug not in known
    }


def apply(*, import_id: int, expected: Sequence[Values] = ()) -> Result:
    """Apply a checked import. With errors nothing of it stays written.

    `expected`: what the editor of at most PIECE_ROWS rows saw, as mappings of `sku` and columns; another value
    meanwhile is an error. Raises NotFound, or OperationError if it was applied before or another import is under way.
    """
    _require(import_id, State.CHECKED, "This import was applied before.")
    result = Result(errors=_check_pieces(import_id, undo=False))
    if result.errors:
        return result
    try:
        with transaction.atomic(durable=True):
            _lock_all()
            row = _lock(import_id)
            _require_state(row, State.CHECKED, "This import was applied before.")
            row.errors = []
            _apply_next(row, result, expected)
    except _Refused as refused:
        return Result(errors=refused.errors)
    return _drive(import_id, result)


def undo(*, import_id: int) -> Result:
    """Put back what the import changed. Variants that it created stay, and are not for sale any more.

    Raises NotFound, and OperationError if it is not the last one, was undone, or another import is under way. If
    something changed meanwhile, nothing is undone and the result has the errors.
    """
    _require_undoable(import_id)
    result = Result(errors=_check_pieces(import_id, undo=True))
    if result.errors:
        return result
    actor = current_actor.current()
    try:
        with transaction.atomic(durable=True):
            _lock_all()
            row = _lock(import_id)
            _require_last_in_force(row)
            row.errors, row.undone_by_kind, row.undone_by_pk = [], actor.kind, actor.pk
            row.state = State.UNDOING
            _take_back_last(row)
    except _Refused as refused:
        return Result(errors=refused.errors)
    return _drive(import_id, result)


def finish_interrupted() -> int:
    """Finish the imports whose process ended in the middle, in the name of who began them. Returns how many."""
    silent_since = timezone.now() - INTERRUPTED_AFTER
    rows = list(CatalogImport.objects.filter(state__in=RUNNING, progressed_at__lt=silent_since))
    for row in rows:
        with current_actor.acting_as(lambda row=row: _actor(row)):  # type: ignore[misc]
            _drive(row.pk, Result())
    return len(rows)


def _actor(row: CatalogImport) -> Actor:
    if row.state == State.UNDOING:
        return Actor(row.undone_by_kind, row.undone_by_pk)
    return Actor(row.principal_kind, row.principal_pk)


def _check_pieces(import_id: int, *, undo: bool) -> list[RowError]:
    """The errors that the import or its undo would meet; a single piece finds them itself."""
    pieces = CatalogImportPiece.objects.filter(catalog_import=import_id)
    if pieces.count() < 2:
        return []
    errors = []
    for piece in pieces.order_by("number").iterator(chunk_size=1):
        rows = piece.before if undo else piece.rows
        result = catalog_import.check(rows_of(rows, lines=piece.lines), expected=piece.after if undo else ())
        errors += result.errors
    return errors


def _drive(import_id: int, result: Result) -> Result:
    """Step until the import has come to rest; `result` gets the changes, and the errors if it was turned round."""
    while _step(import_id, result):
        time.sleep(PAUSE_SECONDS)
    row = CatalogImport.objects.get(pk=import_id)
    result.errors = [RowError(**error) for error in row.errors]
    return result


def _step(import_id: int, result: Result) -> bool:
    """Write, or take back, one piece. Returns whether something is left to do."""
    try:
        with transaction.atomic(durable=True):
            row = _lock(import_id)
            match row.state:
                case State.APPLYING:
                    return _apply_next(row, result)
                case State.WITHDRAWING | State.UNDOING:
                    return _take_back_last(row)
                case _:
                    return False
    except _Refused as refused:
        _turn_round(import_id, refused.errors)
        return True


def _turn_round(import_id: int, errors: Sequence[RowError]) -> None:
    """After a piece that can't be written an import is withdrawn; an undo is applied again."""
    with transaction.atomic(durable=True):
        row = _lock(import_id)
        row.errors = [asdict(error) for error in errors]
        _set_state(row, State.APPLYING if row.state == State.UNDOING else State.WITHDRAWING)


def _apply_next(row: CatalogImport, result: Result, expected: Sequence[Values] = ()) -> bool:
    open_pieces = row.pieces.filter(is_applied=False).order_by("number")
    if piece := open_pieces.first():
        if row.applied_at:
            _apply_again(row, piece)
        else:
            _apply_first(row, piece, result, expected)
    if open_pieces.exists():
        _set_state(row, State.APPLYING)
        return True
    row.applied_at = row.applied_at or timezone.now()
    _set_state(row, State.APPLIED)
    return False


def _apply_first(
    row: CatalogImport, piece: CatalogImportPiece, result: Result, expected: Sequence[Values]
) -> None:
    """Write the piece as the file has it. Raises _Refused."""
    run = Run(
        rows_of(piece.rows, lines=piece.lines),
        note=f"Import of {row.file_name}",
        expected=expected,
    )
    run.run()
    if run.result.errors:
        raise _Refused(run.result.errors)
    _write_down(piece, run.result)
    result.changes += run.result.changes
    result.created += run.result.created
    row.value_count += len(run.result.changes)


def _apply_again(row: CatalogImport, piece: CatalogImportPiece) -> None:
    """After an undo that was refused: what the undo had put back becomes as the import had left it. The file itself may
    be long out of date: what was sold since is not written over.
    """
    rows = rows_of(piece.after, lines=piece.lines)
    _write_what_is_untouched(row, rows, note=f"Import of {row.file_name}", expected=piece.before)
    piece.is_applied = True
    piece.save(update_fields=["is_applied"])


def _write_down(piece: CatalogImportPiece, result: Result) -> None:
    piece.before = [_value(change, catalog_import.value_before(change)) for change in result.changes]
    piece.after = [_value(change, change.after) for change in result.changes]
    piece.created, piece.created_products = result.created, result.created_products
    piece.is_applied = True
    piece.save()


def _value(change: Change, value: object) -> dict[str, object]:
    return {"sku": change.sku, change.column: catalog_import.json_value(value)}


def _take_back_last(row: CatalogImport) -> bool:
    written = row.pieces.filter(is_applied=True).order_by("-number")
    is_undo = row.state == State.UNDOING
    if piece := written.first():
        if is_undo:
            rows = rows_of(piece.before, lines=piece.lines)
            if errors := _run(rows, note=_undo_note(row), expected=piece.after):
                raise _Refused(errors)
        else:
            _withdraw(row, piece)
        piece.is_applied = False
        piece.save(update_fields=["is_applied"])
    if written.exists():
        _set_state(row, State(row.state))
        return True
    if is_undo:
        row.undone_at = timezone.now()
    else:
        row.applied_at, row.value_count = None, 0
    _set_state(row, State.UNDONE if is_undo else State.CHECKED)
    return False


def _undo_note(row: CatalogImport) -> str:
    return f"Import of {row.file_name} undone"


def _run(rows: Sequence[Row], *, note: str, expected: Sequence[Values]) -> list[RowError]:
    run = Run(rows, note=note, expected=expected)
    run.run()
    return run.result.errors


def _withdraw(row: CatalogImport, piece: CatalogImportPiece) -> None:
    """Take a piece back. What somebody else has changed since stays theirs and is named; what it made is deleted."""
    created = set(piece.created)
    if (
        created
    ):  # before the rows are written, which lock stock: nobody orders meanwhile what is about to be deleted
        lock_for_deletion(list(_made_by(piece).values_list("pk", flat=True)))
    rows = [one for one in rows_of(piece.before, lines=piece.lines) if one.sku not in created]
    _write_what_is_untouched(row, rows, note=_undo_note(row), expected=piece.after)
    _delete_created(piece)


def _write_what_is_untouched(
    row: CatalogImport, rows: Sequence[Row], *, note: str, expected: Sequence[Values]
) -> None:
    """Write the rows but for what can't be written, such as a value that somebody changed: `row.errors` names it."""
    while rows:
        with transaction.atomic():  # a savepoint
            if errors := _run(rows, note=note, expected=expected):
                transaction.set_rollback(True)
        if not errors:
            return
        row.errors += [asdict(error) for error in errors]
        rows = _without(rows, errors)


def _without(rows: Sequence[Row], errors: Sequence[RowError]) -> list[Row]:
    """The rows without what the errors name: a value; a row whose product is gone; a column, such as that of a deleted
    warehouse, whose error names no row. There are fewer each time.
    """
    numbers = {one.number for one in rows}
    of_all = {error.column for error in errors if error.number not in numbers}
    kept = []
    for one in rows:
        own = {error.column for error in errors if error.number == one.number}
        values = {n: v for n, v in one.values.items() if n == "sku" or n not in own | of_all}
        if len(values) > 1 and own <= one.values.keys() - {"sku"}:
            kept.append(Row(one.number, values))
    return kept if _size(kept) < _size(rows) else []


def _size(rows: Sequence[Row]) -> int:
    return sum(len(one.values) for one in rows)


def _delete_created(piece: CatalogImportPiece) -> None:
    """Delete what the piece made, but for a variant that somebody has ordered meanwhile."""
    for variant in _made_by(piece).exclude(stocks__quantity_allocated__gt=0):
        variants.delete_in_transaction(variant=variant)
    for product in Product.objects.filter(slug__in=piece.created_products, variants=None):
        products.delete_in_transaction(product=product)


def _made_by(piece: CatalogImportPiece) -> QuerySet[ProductVariant]:
    return ProductVariant.objects.filter(sku__in=piece.created)


def _require(import_id: int, state: str, sentence: str) -> None:
    with transaction.atomic(durable=True):
        _require_state(_lock(import_id), state, sentence)


def _require_undoable(import_id: int) -> None:
    with transaction.atomic(durable=True):
        _require_last_in_force(_lock(import_id))


def _require_last_in_force(row: CatalogImport) -> None:
    _require_state(row, State.APPLIED, "This import is not in force.")
    if CatalogImport.objects.filter(state=State.APPLIED, applied_at__gt=row.applied_at).exists():
        raise OperationError("Undo the later import first.")


def _require_state(row: CatalogImport, state: str, sentence: str) -> None:
    """Raises OperationError: `sentence` in another state, or while another import is under way."""
    if row.state != state:
        raise OperationError(sentence)
    if CatalogImport.objects.filter(state__in=RUNNING).exclude(pk=row.pk).exists():
        raise OperationError("Another import is under way. Wait until it is done.")


def _lock_all() -> None:
    """So that of two imports that begin at once the second sees the first."""
    states = (State.CHECKED, State.APPLIED, *RUNNING)
    list(CatalogImport.objects.select_for_update().filter(state__in=states).order_by("pk").values_list("pk"))


def _lock(import_id: int) -> CatalogImport:
    row = CatalogImport.objects.select_for_update().filter(pk=import_id).first()
    if row is None:
        raise NotFound("This import is gone. Upload the file again.")
    return row


def _set_state(row: CatalogImport, state: State) -> None:
    """Save the row, and that it is alive."""
    row.state, row.progressed_at = state, timezone.now()
    row.save()
