from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class AddressValidationRules(BaseModel):
    address_validation_rules: Optional[
        "AddressValidationRulesAddressValidationRules"
    ] = Field(alias="addressValidationRules")


class AddressValidationRulesAddressValidationRules(BaseModel):
    country_code: str = Field(alias="countryCode")
    address_format: str = Field(alias="addressFormat")
    allowed_fields: list[str] = Field(alias="allowedFields")
    required_fields: list[str] = Field(alias="requiredFields")
    country_area_type: str = Field(alias="countryAreaType")
    country_area_choices: list[
        "AddressValidationRulesAddressValidationRulesCountryAreaChoices"
    ] = Field(alias="countryAreaChoices")
    city_type: str = Field(alias="cityType")
    postal_code_type: str = Field(alias="postalCodeType")
    postal_code_examples: list[str] = Field(alias="postalCodeExamples")


class AddressValidationRulesAddressValidationRulesCountryAreaChoices(BaseModel):
    raw: Optional[str]
    verbose: Optional[str]


AddressValidationRules.model_rebuild()
AddressValidationRulesAddressValidationRules.model_rebuild()
