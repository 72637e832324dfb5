from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import TextValues


class TextValueKeys(BaseModel):
    products: Optional["TextValueKeysProducts"]


class TextValueKeysProducts(BaseModel):
    page_info: "TextValueKeysProductsPageInfo" = Field(alias="pageInfo")
    edges: list["TextValueKeysProductsEdges"]


class TextValueKeysProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class TextValueKeysProductsEdges(BaseModel):
    node: "TextValueKeysProductsEdgesNode"


class TextValueKeysProductsEdgesNode(BaseModel):
    slug: str
    attributes: list["TextValueKeysProductsEdgesNodeAttributes"]
    product_variants: Optional["TextValueKeysProductsEdgesNodeProductVariants"] = Field(
        alias="productVariants"
    )


TextValueKeysProductsEdgesNodeAttributes = TextValues


class TextValueKeysProductsEdgesNodeProductVariants(BaseModel):
    edges: list["TextValueKeysProductsEdgesNodeProductVariantsEdges"]


class TextValueKeysProductsEdgesNodeProductVariantsEdges(BaseModel):
    node: "TextValueKeysProductsEdgesNodeProductVariantsEdgesNode"


class TextValueKeysProductsEdgesNodeProductVariantsEdgesNode(BaseModel):
    sku: Optional[str]
    attributes: list["TextValueKeysProductsEdgesNodeProductVariantsEdgesNodeAttributes"]


TextValueKeysProductsEdgesNodeProductVariantsEdgesNodeAttributes = TextValues
TextValueKeys.model_rebuild()
TextValueKeysProducts.model_rebuild()
TextValueKeysProductsEdges.model_rebuild()
TextValueKeysProductsEdgesNode.model_rebuild()
TextValueKeysProductsEdgesNodeProductVariants.model_rebuild()
TextValueKeysProductsEdgesNodeProductVariantsEdges.model_rebuild()
TextValueKeysProductsEdgesNodeProductVariantsEdgesNode.model_rebuild()
