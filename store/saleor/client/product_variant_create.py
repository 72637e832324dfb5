from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class ProductVariantCreate(BaseModel):
    product_variant_create: Optional["ProductVariantCreateProductVariantCreate"] = (
        Field(alias="productVariantCreate")
    )


class ProductVariantCreateProductVariantCreate(BaseModel):
    product_variant: Optional[
        "ProductVariantCreateProductVariantCreateProductVariant"
    ] = Field(alias="productVariant")
    errors: list["ProductVariantCreateProductVariantCreateErrors"]


class ProductVariantCreateProductVariantCreateProductVariant(BaseModel):
    id: str
    sku: Optional[str]


class ProductVariantCreateProductVariantCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
    attributes: Optional[list[str]]


ProductVariantCreate.model_rebuild()
ProductVariantCreateProductVariantCreate.model_rebuild()
