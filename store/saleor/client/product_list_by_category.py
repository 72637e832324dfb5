from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductCard


class ProductListByCategory(BaseModel):
    category: Optional["ProductListByCategoryCategory"]
    everything: Optional["ProductListByCategoryEverything"]
    categories: Optional["ProductListByCategoryCategories"]


class ProductListByCategoryCategory(BaseModel):
    slug: str
    name: str
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")
    products: Optional["ProductListByCategoryCategoryProducts"]


class ProductListByCategoryCategoryProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    edges: list["ProductListByCategoryCategoryProductsEdges"]


class ProductListByCategoryCategoryProductsEdges(BaseModel):
    node: "ProductListByCategoryCategoryProductsEdgesNode"


ProductListByCategoryCategoryProductsEdgesNode = ProductCard


class ProductListByCategoryEverything(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")


class ProductListByCategoryCategories(BaseModel):
    edges: list["ProductListByCategoryCategoriesEdges"]


class ProductListByCategoryCategoriesEdges(BaseModel):
    node: "ProductListByCategoryCategoriesEdgesNode"


class ProductListByCategoryCategoriesEdgesNode(BaseModel):
    slug: str
    name: str
    products: Optional["ProductListByCategoryCategoriesEdgesNodeProducts"]


class ProductListByCategoryCategoriesEdgesNodeProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")


ProductListByCategory.model_rebuild()
ProductListByCategoryCategory.model_rebuild()
ProductListByCategoryCategoryProducts.model_rebuild()
ProductListByCategoryCategoryProductsEdges.model_rebuild()
ProductListByCategoryCategories.model_rebuild()
ProductListByCategoryCategoriesEdges.model_rebuild()
ProductListByCategoryCategoriesEdgesNode.model_rebuild()
