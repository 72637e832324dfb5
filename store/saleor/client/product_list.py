from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductCard


class ProductList(BaseModel):
    products: Optional["ProductListProducts"]
    categories: Optional["ProductListCategories"]


class ProductListProducts(BaseModel):
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
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")
    translation: Optional["ProductListCategoriesEdgesNodeTranslation"]


class ProductListCategoriesEdgesNodeTranslation(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")


ProductList.model_rebuild()
ProductListProducts.model_rebuild()
ProductListProductsEdges.model_rebuild()
ProductListCategories.model_rebuild()
ProductListCategoriesEdges.model_rebuild()
ProductListCategoriesEdgesNode.model_rebuild()
