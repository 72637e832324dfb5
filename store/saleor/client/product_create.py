from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .enums import ProductErrorCode


class ProductCreate(BaseModel):
    product_create: Optional["ProductCreateProductCreate"] = Field(
        alias="productCreate"
    )


class ProductCreateProductCreate(BaseModel):
    product: Optional["ProductCreateProductCreateProduct"]
    errors: list["ProductCreateProductCreateErrors"]


class ProductCreateProductCreateProduct(BaseModel):
    id: str
    slug: str


class ProductCreateProductCreateErrors(BaseModel):
    field: Optional[str]
    message: Optional[str]
    code: ProductErrorCode
    attributes: Optional[list[str]]


ProductCreate.model_rebuild()
ProductCreateProductCreate.model_rebuild()
