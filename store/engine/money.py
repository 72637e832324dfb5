"""Amounts with a currency: arithmetic, rounding and taxes.

Unit prices are rounded half to even, as Saleor rounds prices of products; orders round their line totals half up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision
from django.db import models


def amount_field(**options: Any) -> "models.DecimalField[Any, Any]":
    """A model field for an amount; the currency is in another field of the model."""
    return models.DecimalField(max_digits=20, decimal_places=3, **options)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    amount: Decimal
    currency: str

    @property
    def fraction_digits(self) -> int:
        return decimal_places(self.currency)

    @property
    def fractional_amount(self) -> int:
        """The amount in the currency's smallest unit: cents."""
        return int(self.amount.scaleb(self.fraction_digits))

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + other.amount, _common_currency(self, other))

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - other.amount, _common_currency(self, other))

    def __mul__(self, times: int | Decimal) -> "Money":
        return Money(self.amount * times, self.currency)

    def rounded(self, rounding: str = ROUND_HALF_UP) -> "Money":
        return Money(quantize(self.amount, self.currency, rounding), self.currency)


@dataclass(frozen=True, slots=True)
class TaxedMoney:
    net: Money
    gross: Money

    @property
    def tax(self) -> Money:
        return self.gross - self.net

    @property
    def currency(self) -> str:
        return self.gross.currency

    def __add__(self, other: "TaxedMoney") -> "TaxedMoney":
        return TaxedMoney(self.net + other.net, self.gross + other.gross)

    def __sub__(self, other: "TaxedMoney") -> "TaxedMoney":
        return TaxedMoney(self.net - other.net, self.gross - other.gross)

    def __mul__(self, times: int | Decimal) -> "TaxedMoney":
        return TaxedMoney(self.net * times, self.gross * times)

    def rounded(self, rounding: str = ROUND_HALF_UP) -> "TaxedMoney":
        return TaxedMoney(self.net.rounded(rounding), self.gross.rounded(rounding))


@dataclass(frozen=True, slots=True)
class TaxedMoneyRange:
    start: TaxedMoney
    stop: TaxedMoney


def _common_currency(left: Money, right: Money) -> str:
    if left.currency != right.currency:
        raise ValueError(f"can't reckon {left.currency} with {right.currency}")
    return left.currency


@cache
def decimal_places(currency: str) -> int:
    """Number of decimal places of the currency: 2 for USD, 0 for JPY, 2 for an unknown currency."""
    return int(get_currency_precision(currency))


@cache
def smallest_unit(currency: str) -> Decimal:
    """0.01 for USD, 1 for JPY."""
    return Decimal(1).scaleb(-decimal_places(currency))


def quantize(amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> Decimal:
    return amount.quantize(smallest_unit(currency), rounding=rounding)


def zero(currency: str) -> Money:
    return Money(Decimal(0), currency)


def zero_taxed(currency: str) -> TaxedMoney:
    return TaxedMoney(zero(currency), zero(currency))


def total(amounts: Iterable[TaxedMoney], currency: str) -> TaxedMoney:
    sum_ = zero_taxed(currency)
    for amount in amounts:
        sum_ = sum_ + amount
    return sum_


def apply_tax(
    amount: Decimal, currency: str, *, rate: Decimal, with_tax: bool, rounding: str = ROUND_HALF_EVEN
) -> TaxedMoney:
    """Net and gross of an amount that was entered with tax (`with_tax`) or without; `rate` in percent."""
    entered = Money(quantize(amount, currency, rounding), currency)
    if not rate:
        return TaxedMoney(entered, entered)
    factor = 1 + rate / 100
    if with_tax:
        return TaxedMoney(Money(quantize(amount / factor, currency, rounding), currency), entered)
    return TaxedMoney(entered, Money(quantize(amount * factor, currency, rounding), currency))
