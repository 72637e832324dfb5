from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import TaxClassCreateErrorCode


class TaxClassCreate(BaseModel):
    tax_class_create: Optional["TaxClassCreateTaxClassCreate"] = Field(
        alias="taxClassCreate"
    )


class TaxClassCreateTaxClassCreate(BaseModel):
    tax_class: Optional["TaxClassCreateTaxClassCreateTaxClass"] = Field(
        alias="taxClass"
    )
    errors: list["TaxClassCreateTaxClassCreateErrors"]


class TaxClassCreateTaxClassCreateTaxClass(BaseModel):
    id: str
    name: str


class TaxClassCreateTaxClassCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: TaxClassCreateErrorCode


TaxClassCreate.model_rebuild()
TaxClassCreateTaxClassCreate.model_rebuild()
