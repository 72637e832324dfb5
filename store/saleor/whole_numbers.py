"""Whole numbers in texts that come in: ids, order numbers, quantities of forms, cookies and headers."""

MAX_DIGITS = 18  # fits a column of 64 bits; Python refuses to parse more than 4,300 digits


def whole_number(text: str, *, max_digits: int = MAX_DIGITS) -> int | None:
    """The number; None for anything but ASCII digits, and for too many of them."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= max_digits else None
