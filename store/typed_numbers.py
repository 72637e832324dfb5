"""Reads numbers as people type them: `1,5`, `1.5`, `1 234,50`, `1,234.50`, other scripts' digits.

One parser for all forms of the admin; amounts of money are in `store.engine.admin.amount_field`. A number that a German
and an American read differently (`1.000`) is refused with the question which one is meant, never guessed.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminTextInputWidget

MAX_LENGTH = 30  # characters
SPACES_AND_APOSTROPHES = (
    "\u0020\u00a0\u2007\u2009\u202f'\u2019"  # written between thousands, never before decimals
)
MINUS_SIGNS = "\u2212\u2010\u2013"
NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9][0-9., ]*)")


class UnreadableNumber(ValueError):
    """The text is no number, or it has two meanings; `question` says what to type instead."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


@dataclass(frozen=True, slots=True)
class _Written:
    """Sign and digits of what was typed; one blank stands for whatever blank or apostrophe is between thousands."""

    sign: str
    digits: str

    def value(self, point: str = "") -> Decimal:
        """Read with this decimal point; all other separators stand between thousands."""
        whole, _, decimals = self.digits.partition(point) if point else (self.digits, "", "")
        if not _well_grouped(whole) or (point and not decimals.isdecimal()):
            raise UnreadableNumber(f"“{self}” isn't a number that we can read. Write it like 1234.50.")
        digits = re.sub("[., ]", "", whole)
        return Decimal(f"{self.sign}{digits}.{decimals}" if decimals else f"{self.sign}{digits}")

    def __str__(self) -> str:
        return f"{self.sign}{self.digits}"


def parse_number(typed: str, *, decimal_point_known: bool = False) -> Decimal:
    """The number that was typed.

    `decimal_point_known`: in this currency a point before three digits is a decimal point, as our own forms write it.
    Raises UnreadableNumber.
    """
    written = _written(typed)
    marks = re.findall("[.,]", written.digits)
    if not marks:
        return written.value()
    if len(set(marks)) == 2:
        return written.value(point=marks[-1]) if marks.count(marks[-1]) == 1 else written.value()
    if len(marks) > 1:
        return written.value()  # 1.000.000: a decimal point does not come twice
    if decimal_point_known and marks == ["."]:
        return written.value(point=".")
    if _may_be_thousands(written.digits):
        raise UnreadableNumber(
            f"Does {written} mean {written.value():f} or {written.value(point=marks[0]).normalize():f}?"
            " Please write one of these."
        )
    return written.value(point=marks[0])


def _written(typed: str) -> _Written:
    text = "".join(_ascii_digit(character) for character in typed.strip())
    if len(text) > MAX_LENGTH:
        raise UnreadableNumber(f"That is too long for a number; {MAX_LENGTH} characters are enough.")
    text = re.sub(rf"(?<=[0-9])[{SPACES_AND_APOSTROPHES}](?=[0-9])", " ", text)
    text = re.sub(rf"^[{MINUS_SIGNS}]", "-", text)
    found = NUMBER.fullmatch(text)
    if not found:
        raise UnreadableNumber("Write a number with digits only, such as 31.50.")
    return _Written(found["sign"], found["digits"])


def _ascii_digit(character: str) -> str:
    """Digits of other scripts as 0-9; superscripts, fractions and circled numbers stay what they are."""
    if not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _well_grouped(whole: str) -> bool:
    """No separators, or the same one before each three digits."""
    return whole.isdecimal() or bool(re.fullmatch(r"[0-9]{1,3}(?:([., ])[0-9]{3})(?:\1[0-9]{3})*", whole))


def _may_be_thousands(digits: str) -> bool:
    return bool(re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", digits))


class TypedNumberField(forms.CharField):
    """A number in a text field: a number field of the browser drops what it can't read and tells nobody."""

    def __init__(
        self, *, minimum: Decimal | int | None = None, maximum: Decimal | int | None = None, **options: Any
    ) -> None:
        self.minimum, self.maximum = minimum, maximum
        options.setdefault("widget", UnfoldAdminTextInputWidget(attrs={"inputmode": self.input_mode}))
        super().__init__(**options)

    input_mode = "decimal"

    def to_python(self, value: Any) -> Any:
        typed = str(super().to_python(value) or "").strip()
        if not typed:
            return None
        try:
            number = self.read(typed)
        except UnreadableNumber as error:
            raise ValidationError(error.question) from None
        if self.minimum is not None and number < self.minimum:
            raise ValidationError(f"At least {self.minimum}.")
        if self.maximum is not None and number > self.maximum:
            raise ValidationError(f"At most {self.maximum}.")
        return number

    def read(self, typed: str) -> Decimal | int:
        return parse_number(typed)


class QuantityField(TypedNumberField):
    """A number of pieces: whole ones."""

    input_mode = "numeric"

    def read(self, typed: str) -> int:
        number = parse_number(typed)
        if number != number.to_integral_value():
            raise UnreadableNumber(f"Whole pieces only: {typed} is not.")
        return int(number)


class ConfirmedInput:
    """A form that asks before it takes an unusual value. The confirmation holds for that value alone."""

    data: Any
    fields: dict[str, forms.Field]
    add_error: Callable[[str | None, Any], None]

    def ask_unless_confirmed(self, name: str, value: object, *, question: str, answer: str) -> None:
        """Add the question to the field `name`, with a box to tick, unless it was ticked for this very value."""
        if str(value) in self.data.getlist("confirmed"):
            return
        self.fields["confirmed"] = forms.MultipleChoiceField(
            choices=[(str(value), answer)],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            label="Please confirm",
        )
        self.add_error(name, question)
