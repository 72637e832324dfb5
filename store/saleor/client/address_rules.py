from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class AddressRules(BaseModel):
    address_validation_rules: Optional["AddressRulesAddressValidationRules"] = Field(
        alias="addressValidationRules"
    )


class AddressRulesAddressValidationRules(BaseModel):
    country_code: str = Field(alias="countryCode")
    allowed_fields: list[str] = Field(alias="allowedFields")
    required_fields: list[str] = Field(alias="requiredFields")
    country_area_type: str = Field(alias="countryAreaType")
    country_area_choices: list[
        "AddressRulesAddressValidationRulesCountryAreaChoices"
    ] = Field(alias="countryAreaChoices")
    city_type: str = Field(alias="cityType")
    postal_code_type: str = Field(alias="postalCodeType")
    postal_code_examples: list[str] = Field(alias="postalCodeExamples")


class AddressRulesAddressValidationRulesCountryAreaChoices(BaseModel):
    raw: Optional[str]
    verbose: Optional[str]


AddressRules.model_rebuild()
AddressRulesAddressValidationRules.model_rebuild()
