from datetime import datetime
from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ProductSlugs(BaseModel):
    products: Optional["ProductSlugsProducts"]


class ProductSlugsProducts(BaseModel):
    page_info: "ProductSlugsProductsPageInfo" = Field(alias="pageInfo")
    edges: list["ProductSlugsProductsEdges"]


class ProductSlugsProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductSlugsProductsEdges(BaseModel):
    node: "ProductSlugsProductsEdgesNode"


class ProductSlugsProductsEdgesNode(BaseModel):
    slug: str
    updated_at: datetime = Field(alias="updatedAt")


ProductSlugs.model_rebuild()
ProductSlugsProducts.model_rebuild()
ProductSlugsProductsEdges.model_rebuild()
