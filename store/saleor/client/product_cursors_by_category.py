from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductCursorsByCategory(BaseModel):
    category: Optional["ProductCursorsByCategoryCategory"]


class ProductCursorsByCategoryCategory(BaseModel):
    products: Optional["ProductCursorsByCategoryCategoryProducts"]


class ProductCursorsByCategoryCategoryProducts(BaseModel):
    page_info: "ProductCursorsByCategoryCategoryProductsPageInfo" = Field(
        alias="pageInfo"
    )


class ProductCursorsByCategoryCategoryProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


ProductCursorsByCategory.model_rebuild()
ProductCursorsByCategoryCategory.model_rebuild()
ProductCursorsByCategoryCategoryProducts.model_rebuild()
