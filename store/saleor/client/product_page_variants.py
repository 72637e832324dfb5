from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import PageVariant


class ProductPageVariants(BaseModel):
    product: Optional["ProductPageVariantsProduct"]


class ProductPageVariantsProduct(BaseModel):
    product_variants: Optional["ProductPageVariantsProductProductVariants"] = Field(
        alias="productVariants"
    )


class ProductPageVariantsProductProductVariants(BaseModel):
    page_info: "ProductPageVariantsProductProductVariantsPageInfo" = Field(
        alias="pageInfo"
    )
    edges: list["ProductPageVariantsProductProductVariantsEdges"]


class ProductPageVariantsProductProductVariantsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductPageVariantsProductProductVariantsEdges(BaseModel):
    node: "ProductPageVariantsProductProductVariantsEdgesNode"


ProductPageVariantsProductProductVariantsEdgesNode = PageVariant
ProductPageVariants.model_rebuild()
ProductPageVariantsProduct.model_rebuild()
ProductPageVariantsProductProductVariants.model_rebuild()
ProductPageVariantsProductProductVariantsEdges.model_rebuild()
