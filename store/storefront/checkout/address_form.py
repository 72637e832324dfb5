"""The address form of a country: which fields, which are needed, how they are called there."""

from dataclasses import dataclass
from typing import Any

from django import forms

from store.saleor.client.enums import CountryCode
from store.saleor.client.input_types import AddressInput


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form: our name, Saleor's name, what it is called, and what a browser may fill in."""

    key: str
    saleor: str
    label: str
    autocomplete: str
    rule: str


FIELDS = (
    Field("first_name", "firstName", "First name", "given-name", "name"),
    Field("last_name", "lastName", "Last name", "family-name", "name"),
    Field("company_name", "companyName", "Company", "organization", "companyName"),
    Field("street_address_1", "streetAddress1", "Street and house number", "address-line1", "streetAddress1"),
    Field("street_address_2", "streetAddress2", "Flat, floor or building", "address-line2", "streetAddress2"),
    Field("postal_code", "postalCode", "Postal code", "postal-code", "postalCode"),
    Field("city", "city", "Town or city", "address-level2", "city"),
    Field("country_area", "countryArea", "Region", "address-level1", "countryArea"),
    Field("phone", "phone", "Phone", "tel", ""),
)
# Saleor's rules name both street lines where one is needed, and no name although a parcel needs one.
ALWAYS = {"companyName", "streetAddress2", "phone"}
NAMES = {"firstName", "lastName"}
POSTAL_LABELS = {"zip": "ZIP code", "pin": "PIN code", "eircode": "Eircode"}
LONGEST = 250


class AddressForm(forms.Form):
    """Fields are added from the rules of the chosen country, so there are none here."""

    def __init__(self, rules: Any, countries: list[tuple[str, str]], group: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.fields["country"] = _country(countries, group)
        allowed = {*(rules.allowed_fields if rules else ()), *ALWAYS}
        required = set(rules.required_fields) if rules else set()
        for field in FIELDS:
            if {field.rule, field.saleor} & allowed:
                needed = field.saleor in NAMES or field.saleor in required - ALWAYS
                self.fields[field.key] = _field(field, needed, rules, group)

    def as_input(self) -> AddressInput:
        """What Saleor takes; fields that this country has not are left empty."""
        said = self.cleaned_data
        return AddressInput(
            country=CountryCode(said["country"]),
            **{field.key: said.get(field.key, "") for field in FIELDS},
        )


def initial(address: Any) -> dict[str, str]:
    """What was entered before, so that going back loses nothing."""
    if address is None:
        return {}
    known = {field.key: getattr(address, field.key) or "" for field in FIELDS}
    return known | {"country": address.country.code}


def field_named(saleor: str | None) -> str | None:
    return next((field.key for field in FIELDS if field.saleor == saleor), None)


def _country(countries: list[tuple[str, str]], group: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"autocomplete": f"{group} country"})
    return forms.ChoiceField(
        choices=countries,
        label="Country",
        widget=widget,
        error_messages={"required": "Please choose a country.", "invalid_choice": "We don't deliver there."},
    )


def _field(field: Field, required: bool, rules: Any, group: str) -> forms.Field:
    label = _label(field, rules)
    needed = {"required": f"Please enter your {label[0].lower() + label[1:]}."}
    attrs = {"autocomplete": f"{group} {field.autocomplete}"}
    choices = _area_choices(rules) if field.key == "country_area" else []
    if choices:
        return forms.ChoiceField(
            choices=[("", "Please choose"), *choices],
            label=label,
            required=required,
            widget=forms.Select(attrs=attrs),
            error_messages={
                "required": f"Please choose your {label.lower()}.",
                "invalid_choice": "Please choose.",
            },
        )
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        widget=forms.TextInput(attrs=attrs | _keyboard(field)),
        error_messages=needed,
    )


def _keyboard(field: Field) -> dict[str, str]:
    if field.key == "phone":
        return {"type": "tel"}
    return {"autocapitalize": "characters"} if field.key == "postal_code" else {}


def _label(field: Field, rules: Any) -> str:
    if field.key == "postal_code" and rules:
        return POSTAL_LABELS.get(rules.postal_code_type, field.label)
    if field.key == "country_area" and rules and rules.country_area_type:
        return str(rules.country_area_type).replace("_", " ").capitalize()
    return field.label


def _area_choices(rules: Any) -> list[tuple[str, str]]:
    choices = rules.country_area_choices if rules else []
    return [(c.raw or "", c.verbose or c.raw or "") for c in choices]
