"""Amounts with their currency, and how they are rounded and taxed.

One piece's price is rounded half to even, as Saleor does on products; orders round their line totals.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision
from django.db import models


def amount_field(**options: Any) -> "models.DecimalField[Any, Any]":
    """A column for an amount; its currency stands in a column beside it."""
    return models.DecimalField(max_digits=20, decimal_places=3, **options)


@dataclass(frozen=True, slots=True, order=True)
class Money:
    amount: Decimal
    currency: str

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + other.amount, _same(self, other))

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - other.amount, _same(self, other))

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


def _same(one: Money, other: Money) -> str:
    if one.currency != other.currency:
        raise ValueError(f"can't reckon {one.currency} with {other.currency}")
    return one.currency


@cache
def precision(currency: str) -> int:
    """How many decimals the currency has: 2 for USD, 0 for JPY; 2 where nobody knows."""
    return int(get_currency_precision(currency))


@cache
def smallest(currency: str) -> Decimal:
    return Decimal(1).scaleb(-precision(currency))


def quantize(amount: Decimal, currency: str, rounding: str = ROUND_HALF_UP) -> Decimal:
    return amount.quantize(smallest(currency), rounding=rounding)


def zero(currency: str) -> Money:
    return Money(Decimal(0), currency)


def zero_taxed(currency: str) -> TaxedMoney:
    return TaxedMoney(zero(currency), zero(currency))


def total(amounts: Iterable[TaxedMoney], currency: str) -> TaxedMoney:
    found = zero_taxed(currency)
    for amount in amounts:
        found = found + amount
    return found


def taxed(
    amount: Decimal, currency: str, *, rate: Decimal, with_tax: bool, rounding: str = ROUND_HALF_EVEN
) -> TaxedMoney:
    """An amount entered with or without tax, as net and gross; `rate` in percent."""
    entered = Money(quantize(amount, currency, rounding), currency)
    if not rate:
        return TaxedMoney(entered, entered)
    factor = 1 + rate / 100
    if with_tax:
        return TaxedMoney(Money(quantize(amount / factor, currency, rounding), currency), entered)
    return TaxedMoney(entered, Money(quantize(amount * factor, currency, rounding), currency))
