from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductCursors(BaseModel):
    products: Optional["ProductCursorsProducts"]


class ProductCursorsProducts(BaseModel):
    page_info: "ProductCursorsProductsPageInfo" = Field(alias="pageInfo")


class ProductCursorsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


ProductCursors.model_rebuild()
ProductCursorsProducts.model_rebuild()
