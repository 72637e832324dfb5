from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class ProductVariantStocksUpdate(BaseModel):
    product_variant_stocks_update: Optional[
        "ProductVariantStocksUpdateProductVariantStocksUpdate"
    ] = Field(alias="productVariantStocksUpdate")


class ProductVariantStocksUpdateProductVariantStocksUpdate(BaseModel):
    product_variant: Optional[
        "ProductVariantStocksUpdateProductVariantStocksUpdateProductVariant"
    ] = Field(alias="productVariant")
    errors: list["ProductVariantStocksUpdateProductVariantStocksUpdateErrors"]


class ProductVariantStocksUpdateProductVariantStocksUpdateProductVariant(BaseModel):
    id: str


class ProductVariantStocksUpdateProductVariantStocksUpdateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
    index: Optional[int]


ProductVariantStocksUpdate.model_rebuild()
ProductVariantStocksUpdateProductVariantStocksUpdate.model_rebuild()
