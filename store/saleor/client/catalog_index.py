from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import IndexedProduct


class CatalogIndex(BaseModel):
    products: Optional["CatalogIndexProducts"]


class CatalogIndexProducts(BaseModel):
    page_info: "CatalogIndexProductsPageInfo" = Field(alias="pageInfo")
    edges: list["CatalogIndexProductsEdges"]


class CatalogIndexProductsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CatalogIndexProductsEdges(BaseModel):
    node: "CatalogIndexProductsEdgesNode"


CatalogIndexProductsEdgesNode = IndexedProduct
CatalogIndex.model_rebuild()
CatalogIndexProducts.model_rebuild()
CatalogIndexProductsEdges.model_rebuild()
