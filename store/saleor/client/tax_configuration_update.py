from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxConfigurationUpdateErrorCode


class TaxConfigurationUpdate(BaseModel):
    tax_configuration_update: Optional[
        "TaxConfigurationUpdateTaxConfigurationUpdate"
    ] = Field(alias="taxConfigurationUpdate")


class TaxConfigurationUpdateTaxConfigurationUpdate(BaseModel):
    tax_configuration: Optional[
        "TaxConfigurationUpdateTaxConfigurationUpdateTaxConfiguration"
    ] = Field(alias="taxConfiguration")
    errors: list["TaxConfigurationUpdateTaxConfigurationUpdateErrors"]


class TaxConfigurationUpdateTaxConfigurationUpdateTaxConfiguration(BaseModel):
    id: str


class TaxConfigurationUpdateTaxConfigurationUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TaxConfigurationUpdateErrorCode


TaxConfigurationUpdate.model_rebuild()
TaxConfigurationUpdateTaxConfigurationUpdate.model_rebuild()
