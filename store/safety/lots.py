"""Lots: receive, send first what expires first, put back, move, write off, correct.

Except for `correct`, each function runs inside its caller's transaction. The rows of a SKU's lots are the lock, taken
in primary-key order; a caller with several SKUs calls in the order of the SKUs, and before it locks stock rows.
A SKU without recorded lots is not followed: any code may be written on its parcels. Refusals are LotErrors.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from store.safety.models import Lot, LotMovement, LotMovementKind, LotQuantity
from store.saleor.lot_codes import CODE, CODE_RULE


class LotError(ValueError):
    """Why it is refused, as a sentence for the merchant."""


@dataclass(frozen=True, slots=True)
class LotOnHand:
    """The pieces of a lot in a warehouse (slug). `may_be_sent`: neither expired nor blocked."""

    code: str
    sku: str
    warehouse: str
    quantity: int
    expires_on: date | None
    may_be_sent: bool


def on_hand(*, skus: Sequence[str]) -> list[LotOnHand]:
    """The lots of these SKUs that have pieces, in the order in which they are to be sent."""
    rows = LotQuantity.objects.filter(lot__sku__in=skus, quantity__gt=0).select_related("lot")
    return [
        LotOnHand(
            row.lot.code,
            row.lot.sku,
            row.warehouse,
            row.quantity,
            row.lot.expires_on,
            _refusal(row.lot) is None,
        )
        for row in sorted(rows, key=lambda row: _first_expired(row.lot))
    ]


def receive(
    *,
    sku: str,
    warehouse: str,
    quantity: int,
    code: str,
    supplier: str = "",
    expires_on: date | None = None,
    who: str = "",
    reason: str = "",
) -> None:
    """Add pieces to the lot, which is created if it is new. Raises LotError for another supplier or expiry date."""
    if not CODE.fullmatch(code):
        raise LotError(CODE_RULE)
    _require_positive(quantity)
    Lot.objects.get_or_create(code=code, sku=sku, defaults={"supplier": supplier, "expires_on": expires_on})
    lot = next(lot for lot in _lock(sku) if lot.code == code)
    for name, given in (("supplier", supplier), ("expires_on", expires_on)):
        known = getattr(lot, name)
        if given and known and given != known:
            raise LotError(
                f"Lot {code} of {sku} was received with another {name.split('_', maxsplit=1)[0]}: {known}."
                " Correct the lot first, or use another code."
            )
        if given and not known:
            setattr(lot, name, given)
            lot.save(update_fields=[name])
    _change(lot, warehouse, quantity, LotMovementKind.RECEIVED, reason=reason, who=who)


def take(
    *,
    sku: str,
    warehouse: str,
    quantity: int,
    wanted: Mapping[str, int],
    order: str,
    who: str = "",
    already_sent: bool = False,
) -> dict[str, int]:
    """Take the pieces of a parcel: the `wanted` lots, and what is left from those that expire first.

    With `already_sent` the record of a parcel that has left is corrected: the wanted lots alone are taken, also expired
    and blocked ones. Returns the quantity by lot code, less than `quantity` in all where no lot is recorded for the
    rest. Raises LotError for a wanted lot that is not recorded, has too few pieces, is expired or blocked; then nothing
    is taken.
    """
    lots = _lock(sku)
    if not lots:
        return dict(wanted)
    left = _quantities(lots, warehouse)
    taken = _checked(lots, left, wanted, warehouse, already_sent=already_sent)
    missing = 0 if already_sent else quantity - sum(taken.values())
    for lot in sorted(lots, key=_first_expired):
        part = min(missing, left.get(lot.pk, 0) - taken.get(lot.code, 0)) if _refusal(lot) is None else 0
        if part > 0:
            taken[lot.code] = taken.get(lot.code, 0) + part
            missing -= part
    for lot in lots:
        if count := taken.get(lot.code):
            _change(lot, warehouse, -count, LotMovementKind.SOLD, order=order, who=who)
    return taken


def put_back(
    *, sku: str, warehouse: str, lots: Mapping[str, int], returned: bool, order: str, who: str = ""
) -> None:
    """Put pieces of a cancelled parcel or of a return back; codes that are not recorded are left out."""
    kind = LotMovementKind.RETURNED if returned else LotMovementKind.CANCELED
    for lot in _lock(sku):
        if count := lots.get(lot.code):
            _change(lot, warehouse, count, kind, order=order, who=who)


def write_off(*, sku: str, warehouse: str, quantity: int, code: str, who: str = "", reason: str = "") -> None:
    """Raises LotError for an unknown lot or more pieces than it has."""
    _require_positive(quantity)
    _change(_find(sku, code), warehouse, -quantity, LotMovementKind.WRITTEN_OFF, reason=reason, who=who)


def move(
    *, sku: str, source: str, target: str, quantity: int, code: str, who: str = "", reason: str = ""
) -> None:
    """From one warehouse to another. Raises LotError for an unknown lot or more pieces than it has."""
    _require_positive(quantity)
    lot = _find(sku, code)
    _change(lot, source, -quantity, LotMovementKind.MOVED, reason=reason, who=who)
    _change(lot, target, quantity, LotMovementKind.MOVED, reason=reason, who=who)


def block(*, sku: str, code: str, why: str, who: str) -> None:
    """Nothing of this lot may be sent any more; of all recorded lots of the SKU if `code` is ""."""
    for lot in _lock(sku):
        if code in ("", lot.code) and not lot.blocked:
            lot.blocked = why
            lot.save(update_fields=["blocked"])
            record_change(lot=lot, reason=f"May not be sent: {why}", who=who)


def record_change(*, lot: Lot, reason: str, who: str) -> None:
    """Note in the lot's history that something else than a quantity was changed, such as its expiry date."""
    LotMovement.objects.create(
        lot=lot,
        warehouse="",
        kind=LotMovementKind.CORRECTED,
        quantity_change=0,
        quantity_after=0,
        reason=reason[:255],
        who=who,
    )


def differences() -> list[str]:
    """Lot quantities that are not the sum of their movements, as sentences; empty if all is well."""
    sums = {
        (lot, warehouse): total
        for lot, warehouse, total in LotMovement.objects.order_by()
        .values_list("lot_id", "warehouse")
        .annotate(Sum("quantity_change"))
    }
    rows = LotQuantity.objects.select_related("lot")
    return [
        f"Lot {row.lot} in {row.warehouse}: {row.quantity} recorded, movements add up to {total}."
        for row in rows
        if (total := sums.get((row.lot_id, row.warehouse), 0)) != row.quantity
    ]


def correct(*, lot_id: int, warehouse: str, seen: int, quantity: int, reason: str, who: str) -> None:
    """Set the quantity in a warehouse if it is still `seen`. Raises LotError."""
    if not reason.strip():
        raise LotError("Write the reason.")
    if quantity < 0:
        raise LotError("A quantity can't be below 0.")
    with transaction.atomic(durable=True):
        lot = Lot.objects.select_for_update().filter(pk=lot_id).first()
        if lot is None:
            raise LotError("There is no such lot.")
        now = _quantities([lot], warehouse).get(lot.pk, 0)
        if now == quantity:
            return
        if now != seen:
            raise LotError(f"Meanwhile it changed from {seen} to {now} pieces. Please look again.")
        _change(lot, warehouse, quantity - now, LotMovementKind.CORRECTED, reason=reason.strip(), who=who)


def _lock(sku: str) -> list[Lot]:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Lots change inside the transaction of what moves them.")
    return list(Lot.objects.select_for_update().filter(sku=sku).order_by("pk"))


def _find(sku: str, code: str) -> Lot:
    lots = _lock(sku)
    for lot in lots:
        if lot.code == code:
            return lot
    raise _unknown(sku, code, lots)


def _unknown(sku: str, code: str, lots: Sequence[Lot]) -> LotError:
    known = ", ".join(lot.code for lot in sorted(lots, key=_first_expired)[:8]) or "none"
    return LotError(f"Lot {code} of {sku} was never received. Recorded lots: {known}.")


def _checked(
    lots: Sequence[Lot],
    left: Mapping[int, int],
    wanted: Mapping[str, int],
    warehouse: str,
    *,
    already_sent: bool,
) -> dict[str, int]:
    by_code = {lot.code: lot for lot in lots}
    for code, count in wanted.items():
        lot = by_code.get(code)
        if lot is None:
            raise _unknown(lots[0].sku, code, lots)
        if (why := _refusal(lot)) and not already_sent:
            raise LotError(why)
        if left.get(lot.pk, 0) < count:
            raise LotError(f"Lot {lot}: {count} wanted, {left.get(lot.pk, 0)} recorded in {warehouse}.")
    return dict(wanted)


def _refusal(lot: Lot) -> str | None:
    """Why the lot may not be sent, None if it may."""
    if lot.blocked:
        return f"Lot {lot} may not be sent: {lot.blocked}."
    if lot.expires_on and lot.expires_on < timezone.localdate():
        return f"Lot {lot} expired on {lot.expires_on:%-d %b %Y}."
    return None


def _first_expired(lot: Lot) -> tuple[date, date, int]:
    """Sorts by expiry; lots that don't expire come last, the older one first."""
    return (lot.expires_on or date.max, lot.received_on, lot.pk)


def _quantities(lots: Sequence[Lot], warehouse: str) -> dict[int, int]:
    rows = LotQuantity.objects.filter(lot__in=lots, warehouse=warehouse)
    return dict(rows.values_list("lot_id", "quantity"))


def _change(
    lot: Lot,
    warehouse: str,
    change: int,
    kind: LotMovementKind,
    *,
    order: str = "",
    reason: str = "",
    who: str = "",
) -> None:
    """Write the quantity and its movement; the lot is locked. Raises LotError below 0."""
    row, _ = LotQuantity.objects.get_or_create(lot=lot, warehouse=warehouse)
    after = row.quantity + change
    if after < 0:
        raise LotError(f"Lot {lot}: {-change} wanted, {row.quantity} recorded in {warehouse}.")
    row.quantity = after
    row.save(update_fields=["quantity"])
    LotMovement.objects.create(
        lot=lot,
        warehouse=warehouse,
        kind=kind,
        quantity_change=change,
        quantity_after=after,
        order=order,
        reason=reason,
        who=who,
    )


def _require_positive(quantity: int) -> None:
    if quantity < 1:
        raise LotError("At least one piece.")
