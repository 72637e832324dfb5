from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductCard


class ProductList(BaseModel):
    products: Optional["ProductListProducts"]
    category: Optional["ProductListCategory"]


class ProductListProducts(BaseModel):
    edges: list["ProductListProductsEdges"]


class ProductListProductsEdges(BaseModel):
    node: "ProductListProductsEdgesNode"


ProductListProductsEdgesNode = ProductCard


class ProductListCategory(BaseModel):
    slug: str
    name: str
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")
    translation: Optional["ProductListCategoryTranslation"]


class ProductListCategoryTranslation(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_description: Optional[str] = Field(alias="seoDescription")


ProductList.model_rebuild()
ProductListProducts.model_rebuild()
ProductListProductsEdges.model_rebuild()
ProductListCategory.model_rebuild()
