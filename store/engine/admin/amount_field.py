"""An amount of money as people type it."""

from decimal import Decimal
from typing import Any

from store.engine.money import decimal_places
from store.typed_numbers import TypedNumberField, UnreadableNumber, parse_number


def without_trailing_zeros(number: Decimal) -> Decimal:
    """As it is shown in a field, without an exponent: 10.000 is 10, where `normalize` alone makes it 1E+1."""
    short = number.normalize()
    return short.quantize(Decimal(1)) if short == short.to_integral_value() else short


class AmountField(TypedNumberField):
    """An amount of money, with at most the decimal places of the currency."""

    def __init__(self, *, currency: str, **options: Any) -> None:
        self.places = decimal_places(currency)
        super().__init__(**options)

    def read(self, typed: str) -> Decimal:
        amount = parse_number(typed, decimal_point_known=self.places > 2)
        exponent = amount.normalize().as_tuple().exponent
        if isinstance(exponent, int) and -exponent > self.places:
            raise UnreadableNumber(f"This currency has {self.places or 'no'} decimal places.")
        return amount
