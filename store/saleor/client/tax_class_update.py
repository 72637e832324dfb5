from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxClassUpdateErrorCode


class TaxClassUpdate(BaseModel):
    tax_class_update: Optional["TaxClassUpdateTaxClassUpdate"] = Field(
        alias="taxClassUpdate"
    )


class TaxClassUpdateTaxClassUpdate(BaseModel):
    tax_class: Optional["TaxClassUpdateTaxClassUpdateTaxClass"] = Field(
        alias="taxClass"
    )
    errors: list["TaxClassUpdateTaxClassUpdateErrors"]


class TaxClassUpdateTaxClassUpdateTaxClass(BaseModel):
    id: str
    name: str


class TaxClassUpdateTaxClassUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TaxClassUpdateErrorCode


TaxClassUpdate.model_rebuild()
TaxClassUpdateTaxClassUpdate.model_rebuild()
