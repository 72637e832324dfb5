from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class VariantMediaAssign(BaseModel):
    variant_media_assign: Optional["VariantMediaAssignVariantMediaAssign"] = Field(
        alias="variantMediaAssign"
    )


class VariantMediaAssignVariantMediaAssign(BaseModel):
    product_variant: Optional["VariantMediaAssignVariantMediaAssignProductVariant"] = (
        Field(alias="productVariant")
    )
    errors: list["VariantMediaAssignVariantMediaAssignErrors"]


class VariantMediaAssignVariantMediaAssignProductVariant(BaseModel):
    id: str


class VariantMediaAssignVariantMediaAssignErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode


VariantMediaAssign.model_rebuild()
VariantMediaAssignVariantMediaAssign.model_rebuild()
