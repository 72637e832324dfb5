from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CategoryCount, ProductCard


class ProductListByCategory(BaseModel):
    category: Optional["ProductListByCategoryCategory"]
    everything: Optional["ProductListByCategoryEverything"]
    categories: Optional["ProductListByCategoryCategories"]


class ProductListByCategoryCategory(BaseModel):
    slug: str
    name: str
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")
    translation: Optional["ProductListByCategoryCategoryTranslation"]
    products: Optional["ProductListByCategoryCategoryProducts"]


class ProductListByCategoryCategoryTranslation(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")


class ProductListByCategoryCategoryProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    edges: list["ProductListByCategoryCategoryProductsEdges"]


class ProductListByCategoryCategoryProductsEdges(BaseModel):
    node: "ProductListByCategoryCategoryProductsEdgesNode"


ProductListByCategoryCategoryProductsEdgesNode = ProductCard


class ProductListByCategoryEverything(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")


class ProductListByCategoryCategories(BaseModel):
    page_info: "ProductListByCategoryCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["ProductListByCategoryCategoriesEdges"]


class ProductListByCategoryCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ProductListByCategoryCategoriesEdges(BaseModel):
    node: "ProductListByCategoryCategoriesEdgesNode"


ProductListByCategoryCategoriesEdgesNode = CategoryCount
ProductListByCategory.model_rebuild()
ProductListByCategoryCategory.model_rebuild()
ProductListByCategoryCategoryProducts.model_rebuild()
ProductListByCategoryCategoryProductsEdges.model_rebuild()
ProductListByCategoryCategories.model_rebuild()
ProductListByCategoryCategoriesEdges.model_rebuild()
