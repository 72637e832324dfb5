from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CategoryTile, ProductCard


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
    page_info: "HomePageCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["HomePageCategoriesEdges"]


class HomePageCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class HomePageCategoriesEdges(BaseModel):
    node: "HomePageCategoriesEdgesNode"


HomePageCategoriesEdgesNode = CategoryTile
HomePage.model_rebuild()
HomePageCollection.model_rebuild()
HomePageCollectionProducts.model_rebuild()
HomePageCollectionProductsEdges.model_rebuild()
HomePageCategories.model_rebuild()
HomePageCategoriesEdges.model_rebuild()
