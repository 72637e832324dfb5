"""The address form of a country: its fields, which of them are required, and their local labels."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from store.saleor.client.address_validation_rules import AddressValidationRulesAddressValidationRules as Rules
from store.saleor.client.enums import CountryCode
from store.saleor.client.input_types import AddressInput
from store.saleor.postal_address import PostalAddress
from store.saleor.postal_code import normalize_postal_code
from store.storefront import languages


@dataclass(frozen=True, slots=True)
class Field:
    """A form field: our key, Saleor's input name, label, HTML `autocomplete` token.

    `rule` is its name in Saleor's addressValidationRules; empty for a field that those rules do not know.
    """

    key: str
    saleor_name: str
    label: Promise
    autocomplete: str
    rule: str


FIELDS = (
    Field("first_name", "firstName", _("First name"), "given-name", "name"),
    Field("last_name", "lastName", _("Last name"), "family-name", "name"),
    Field("company_name", "companyName", _("Company"), "organization", "companyName"),
    Field(
        "street_address_1", "streetAddress1", _("Street and house number"), "address-line1", "streetAddress1"
    ),
    Field(
        "street_address_2",
        "streetAddress2",
        _("Apartment, floor or building"),
        "address-line2",
        "streetAddress2",
    ),
    Field("postal_code", "postalCode", _("Postal code"), "postal-code", "postalCode"),
    Field("city", "city", _("City"), "address-level2", "city"),
    Field("country_area", "countryArea", _("Region"), "address-level1", "countryArea"),
    Field("phone", "phone", _("Phone"), "tel", ""),
)
# Saleor's rules require both street lines where one is enough, and no name although a delivery needs one.
ALWAYS_SHOWN = {"companyName", "streetAddress2", "phone"}
ALWAYS_REQUIRED = {"firstName", "lastName"}
FOLDED = ("company_name", "street_address_2")  # which most addresses lack
POSTAL_LABELS = {"zip": _("ZIP code"), "pin": _("PIN code"), "eircode": _("Eircode")}
AREA_LABELS = {
    "state": _("State"),
    "province": _("Province"),
    "county": _("County"),
    "department": _("Department"),
    "district": _("District"),
    "island": _("Island"),
    "prefecture": _("Prefecture"),
    "emirate": _("Emirate"),
}
# The letters of an address format such as "%N%n%O%n%A%n%C, %S %Z": name, organisation, street, city, area, code.
FORMAT_FIELDS = {
    "N": ("first_name", "last_name"),
    "O": ("company_name",),
    "A": ("street_address_1", "street_address_2"),
    "C": ("city",),
    "S": ("country_area",),
    "Z": ("postal_code",),
}
_FORMAT_LETTER = re.compile(r"%([A-Z])")
MAX_LENGTH = 250


class AddressForm(forms.Form):
    """Its fields follow the rules of the chosen country; `group` is "shipping" or "billing" (HTML autocomplete)."""

    def __init__(
        self,
        rules: Rules | None,
        countries: list[tuple[str, str]],
        group: str,
        *,
        data: Mapping[str, str] | None,
        initial: Mapping[str, str],
    ) -> None:
        super().__init__(data=data, prefix=group, initial=dict(initial))
        self.fields["country"] = _country_field(countries, group)
        allowed = {*(rules.allowed_fields if rules else ()), *ALWAYS_SHOWN}
        required = set(rules.required_fields) if rules else set()
        for field in _in_local_order(rules):
            if {field.rule, field.saleor_name} & allowed:
                is_required = (
                    field.saleor_name in ALWAYS_REQUIRED or field.saleor_name in required - ALWAYS_SHOWN
                )
                self.fields[field.key] = _form_field(field, is_required, rules, group)

    @property
    def main_fields(self) -> list[forms.BoundField]:
        """All but the folded ones, in the order of the country."""
        return [field for field in self if field.name not in FOLDED]

    @property
    def folded_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in FOLDED]

    @property
    def is_unfolded(self) -> bool:
        """Whether one of the folded fields has something to show."""
        return any(field.value() or field.errors for field in self.folded_fields)

    def to_address_input(self) -> AddressInput:
        """The cleaned form as Saleor's AddressInput; fields that the country does not have are empty."""
        cleaned = self.cleaned_data
        cleaned["postal_code"] = normalize_postal_code(cleaned.get("postal_code", ""), cleaned["country"])
        return AddressInput(
            country=CountryCode(cleaned["country"]),
            **{field.key: cleaned.get(field.key, "") for field in FIELDS},
        )


def initial_values(address: PostalAddress | None) -> dict[str, str]:
    """The form's initial values from a saved address, so that going back loses nothing; {} for None."""
    if address is None:
        return {}
    values: dict[str, str] = {field.key: getattr(address, field.key) for field in FIELDS}
    return values | {"country": address.country_code}


def country_names(countries: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """(code, name in the reader's language) in the order of the names. `countries`: (code, name that Saleor gave)."""
    language = languages.current()
    named = [
        (code, PostalAddress(country_code=code, country_name=name).country(language))
        for code, name in countries
    ]
    return sorted(named, key=lambda country: _collation_key(country[1]))


def _collation_key(name: str) -> str:
    """Österreich sorts as Osterreich, as dictionaries of our languages do."""
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c)).casefold()


def field_key(saleor_name: str | None) -> str | None:
    return next((field.key for field in FIELDS if field.saleor_name == saleor_name), None)


def _in_local_order(rules: Rules | None) -> list[Field]:
    """As an address is written in the country: "City, State ZIP" there, "PLZ Ort" here. The phone comes last."""
    letters = _FORMAT_LETTER.findall(rules.address_format) if rules else []
    written = [key for letter in letters for key in FORMAT_FIELDS.get(letter, ())]
    return sorted(FIELDS, key=lambda field: written.index(field.key) if field.key in written else len(FIELDS))


def _country_field(countries: list[tuple[str, str]], group: str) -> forms.ChoiceField:
    widget = forms.Select(attrs={"autocomplete": f"{group} country"})
    return forms.ChoiceField(
        choices=countries,
        label=_("Country"),
        widget=widget,
        error_messages={
            "required": _("Please choose a country."),
            "invalid_choice": _("We don't deliver there."),
        },
    )


def _form_field(field: Field, required: bool, rules: Rules | None, group: str) -> forms.Field:
    label = _label(field, rules)
    is_required = {"required": gettext("Please fill in “{label}”.").format(label=label)}
    attrs = {"autocomplete": f"{group} {field.autocomplete}"}
    choices = _area_choices(rules) if field.key == "country_area" else []
    if choices:
        return forms.ChoiceField(
            choices=[("", _("Please choose")), *choices],
            label=label,
            required=required,
            widget=forms.Select(attrs=attrs),
            error_messages={
                "required": gettext("Please choose “{label}”.").format(label=label),
                "invalid_choice": _("Please choose one from the list."),
            },
        )
    return forms.CharField(
        label=label,
        required=required,
        max_length=MAX_LENGTH,
        widget=forms.TextInput(attrs=attrs | _keyboard_attrs(field)),
        error_messages=is_required,
    )


def _keyboard_attrs(field: Field) -> dict[str, str]:
    if field.key == "phone":
        return {"type": "tel"}
    return {"autocapitalize": "characters"} if field.key == "postal_code" else {}


def _label(field: Field, rules: Rules | None) -> str:
    return str(_local_label(field, rules))


def _local_label(field: Field, rules: Rules | None) -> Promise:
    if field.key == "postal_code" and rules:
        return POSTAL_LABELS.get(rules.postal_code_type, field.label)
    if field.key == "country_area" and rules and rules.country_area_type:
        return AREA_LABELS.get(rules.country_area_type, field.label)
    return field.label


def _area_choices(rules: Rules | None) -> list[tuple[str, str]]:
    choices = rules.country_area_choices if rules else []
    return [(c.raw or "", c.verbose or c.raw or "") for c in choices]
