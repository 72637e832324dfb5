"""The address form asks in the order in which an address is written in its country."""

import pytest

from store.saleor.client.address_validation_rules import AddressValidationRulesAddressValidationRules as Rules
from store.storefront.checkout.address_form import AddressForm

EVERYWHERE = ["country", "first_name", "last_name"]


def form(address_format: str, *fields: str) -> list[str]:
    rules = Rules(
        country_code="XX",
        address_format=address_format,
        allowed_fields=["name", "companyName", "streetAddress1", "streetAddress2", *fields],
        required_fields=["streetAddress1"],
        country_area_type="state",
        country_area_choices=[],
        city_type="city",
        postal_code_type="postal",
        postal_code_examples=[],
    )
    return list(AddressForm(rules, [("XX", "Somewhere")], "shipping", data=None, initial={}).fields)


@pytest.mark.parametrize(
    ("address_format", "fields", "last"),
    [
        (
            "%N%n%O%n%A%n%C, %S %Z",
            ["city", "countryArea", "postalCode"],
            ["city", "country_area", "postal_code"],
        ),
        ("%N%n%O%n%A%n%Z %C", ["city", "postalCode"], ["postal_code", "city"]),
        ("%N%n%O%n%A%n%C%n%Z", ["city", "postalCode"], ["city", "postal_code"]),
    ],
    ids=["United States", "Germany", "United Kingdom"],
)
def test_city_area_and_code_follow_the_country(
    address_format: str, fields: list[str], last: list[str]
) -> None:
    street = ["company_name", "street_address_1", "street_address_2"]
    assert form(address_format, *fields) == [*EVERYWHERE, *street, *last, "phone"]


def test_a_country_that_begins_with_the_code_does_so_here_too() -> None:
    fields = form("%Z%n%S%n%A%n%O%n%N", "postalCode", "countryArea")
    assert fields[:4] == ["country", "postal_code", "country_area", "street_address_1"]
    assert fields[-3:] == ["first_name", "last_name", "phone"]
