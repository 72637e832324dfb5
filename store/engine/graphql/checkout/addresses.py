"""Address validation rules, as a form needs them."""

from collections.abc import Iterable
from typing import Any

from store.engine.accounts import address_validation
from store.engine.accounts.address_validation import Checks
from store.engine.graphql.naming import to_camel
from store.engine.graphql.plain_values import AddressValidationData, ChoiceValue
from store.engine.graphql.registry import Info, query

# The library's words for fields where Saleor's differ.
FIELD_NAMES = {
    "street_address": ("streetAddress1", "streetAddress2"),
    "name": ("name",),
    "sorting_code": ("sortingCode",),
}


@query
def address_validation_rules(
    info: Info,
    *,
    country_code: str,
    country_area: str | None = None,
    city: str | None = None,
    city_area: str | None = None,
) -> AddressValidationData:
    """The fields of an address in this country, and in this part of it if given."""
    rules = address_validation.address_rules(
        country=country_code, country_area=country_area or "", city=city or "", city_area=city_area or ""
    )
    return {
        "country_code": rules.country_code,
        "country_name": rules.country_name,
        "address_format": rules.address_format,
        "address_latin_format": rules.address_latin_format,
        "allowed_fields": _fields(rules.allowed_fields),
        "required_fields": [name for name in _fields(rules.required_fields) if name != "streetAddress2"],
        "upper_fields": _fields(rules.upper_fields),
        "country_area_type": rules.country_area_type,
        "country_area_choices": _choices(rules.country_area_choices),
        "city_type": rules.city_type,
        "city_choices": _choices(rules.city_choices),
        "city_area_type": rules.city_area_type,
        "city_area_choices": _choices(rules.city_area_choices),
        "postal_code_type": rules.postal_code_type,
        "postal_code_matchers": [matcher.pattern for matcher in rules.postal_code_matchers],
        "postal_code_examples": list(rules.postal_code_examples),
        "postal_code_prefix": rules.postal_code_prefix,
    }


def _fields(names: Iterable[str]) -> list[str]:
    return [field for name in sorted(names) for field in FIELD_NAMES.get(name, (to_camel(name),))]


def _choices(pairs: Iterable[tuple[str, str]]) -> list[ChoiceValue]:
    return [{"raw": raw, "verbose": verbose} for raw, verbose in pairs]


def validation_checks(rules: dict[str, Any] | None) -> Checks:
    """Saleor's CheckoutAddressValidationRules; every check is on unless it is false."""
    given = rules or {}
    return Checks(
        required=given.get("check_required_fields") is not False,
        format=given.get("check_fields_format") is not False,
        normalize=given.get("enable_fields_normalization") is not False,
    )
