from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CategoryCount, ProductCard


class ProductList(BaseModel):
    products: Optional["ProductListProducts"]
    categories: Optional["ProductListCategories"]


class ProductListProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    edges: list["ProductListProductsEdges"]


class ProductListProductsEdges(BaseModel):
    node: "ProductListProductsEdgesNode"


ProductListProductsEdgesNode = ProductCard


class ProductListCategories(BaseModel):
    page_info: "ProductListCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["ProductListCategoriesEdges"]


class ProductListCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductListCategoriesEdges(BaseModel):
    node: "ProductListCategoriesEdgesNode"


ProductListCategoriesEdgesNode = CategoryCount
ProductList.model_rebuild()
ProductListProducts.model_rebuild()
ProductListProductsEdges.model_rebuild()
ProductListCategories.model_rebuild()
ProductListCategoriesEdges.model_rebuild()
