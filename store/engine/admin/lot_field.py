"""A form field for the lots of a line: `L1`, or with quantities `L1=2, L2=1`."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminTextInputWidget

from store.engine.ports import LotOnHand
from store.saleor.lot_codes import CODE, CODE_RULE

PART = re.compile(rf"(?P<code>{CODE.pattern})(?:\s*[=×]\s*(?P<count>[0-9]{{1,7}}))?")
HOW_TO_WRITE = "Write a code, or codes with numbers: L1=2, L2=1."


class LotsField(forms.CharField):
    """Cleans to the quantity by lot code; a code without a number has None: all that is left of the line."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, widget=UnfoldAdminTextInputWidget, **options)

    def to_python(self, value: Any) -> Any:
        found: dict[str, int | None] = {}
        for part in filter(None, (part.strip() for part in str(super().to_python(value) or "").split(","))):
            match = PART.fullmatch(part)
            if match is None:
                raise forms.ValidationError(f"{HOW_TO_WRITE} {CODE_RULE}")
            if match["code"] in found:
                raise forms.ValidationError(f"{match['code']} is there twice.")
            found[match["code"]] = int(match["count"]) if match["count"] else None
        if len(found) > 1 and None in found.values():
            raise forms.ValidationError(f"Say how many of each lot. {HOW_TO_WRITE}")
        return found


def with_quantities(lots: Mapping[str, int | None], quantity: int) -> dict[str, int]:
    """A code without a number stands for all pieces of the line."""
    return {code: quantity if count is None else count for code, count in lots.items()}


def written(lots: Mapping[str, int]) -> str:
    """As the field takes it: `L1=2, L2=1`."""
    return ", ".join(f"{code}={count}" for code, count in lots.items())


def on_hand_words(rows: Sequence[LotOnHand]) -> str:
    """`L1: 5, until 3 Mar 2027 · L2: 12`; empty for none."""
    return " · ".join(
        f"{row.code}: {row.quantity}"
        + (f", until {row.expires_on:%-d %b %Y}" if row.expires_on else "")
        + ("" if row.may_be_sent else " (may not be sent)")
        for row in rows
    )
