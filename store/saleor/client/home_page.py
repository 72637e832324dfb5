from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import ProductCard


class HomePage(BaseModel):
    collection: Optional["HomePageCollection"]
    categories: Optional["HomePageCategories"]


class HomePageCollection(BaseModel):
    name: str
    products: Optional["HomePageCollectionProducts"]


class HomePageCollectionProducts(BaseModel):
    edges: list["HomePageCollectionProductsEdges"]


class HomePageCollectionProductsEdges(BaseModel):
    node: "HomePageCollectionProductsEdgesNode"


HomePageCollectionProductsEdgesNode = ProductCard


class HomePageCategories(BaseModel):
    edges: list["HomePageCategoriesEdges"]


class HomePageCategoriesEdges(BaseModel):
    node: "HomePageCategoriesEdgesNode"


class HomePageCategoriesEdgesNode(BaseModel):
    slug: str
    name: str
    description: Optional[str]
    products: Optional["HomePageCategoriesEdgesNodeProducts"]


class HomePageCategoriesEdgesNodeProducts(BaseModel):
    total_count: Optional[int] = Field(alias="totalCount")
    edges: list["HomePageCategoriesEdgesNodeProductsEdges"]


class HomePageCategoriesEdgesNodeProductsEdges(BaseModel):
    node: "HomePageCategoriesEdgesNodeProductsEdgesNode"


class HomePageCategoriesEdgesNodeProductsEdgesNode(BaseModel):
    thumbnail: Optional["HomePageCategoriesEdgesNodeProductsEdgesNodeThumbnail"]


class HomePageCategoriesEdgesNodeProductsEdgesNodeThumbnail(BaseModel):
    url: str
    alt: Optional[str]


HomePage.model_rebuild()
HomePageCollection.model_rebuild()
HomePageCollectionProducts.model_rebuild()
HomePageCollectionProductsEdges.model_rebuild()
HomePageCategories.model_rebuild()
HomePageCategoriesEdges.model_rebuild()
HomePageCategoriesEdgesNode.model_rebuild()
HomePageCategoriesEdgesNodeProducts.model_rebuild()
HomePageCategoriesEdgesNodeProductsEdges.model_rebuild()
HomePageCategoriesEdgesNodeProductsEdgesNode.model_rebuild()
