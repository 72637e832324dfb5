from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductCard


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
    edges: list["ProductListCategoriesEdges"]


class ProductListCategoriesEdges(BaseModel):
    node: "ProductListCategoriesEdgesNode"


class ProductListCategoriesEdgesNode(BaseModel):
    slug: str
    name: str
    products: Optional["ProductListCategoriesEdgesNodeProducts"]


class ProductListCategoriesEdgesNodeProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")


ProductList.model_rebuild()
ProductListProducts.model_rebuild()
ProductListProductsEdges.model_rebuild()
ProductListCategories.model_rebuild()
ProductListCategoriesEdges.model_rebuild()
ProductListCategoriesEdgesNode.model_rebuild()
