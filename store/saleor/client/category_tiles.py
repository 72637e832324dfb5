from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CategoryTile


class CategoryTiles(BaseModel):
    categories: Optional["CategoryTilesCategories"]


class CategoryTilesCategories(BaseModel):
    page_info: "CategoryTilesCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["CategoryTilesCategoriesEdges"]


class CategoryTilesCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CategoryTilesCategoriesEdges(BaseModel):
    node: "CategoryTilesCategoriesEdgesNode"


CategoryTilesCategoriesEdgesNode = CategoryTile
CategoryTiles.model_rebuild()
CategoryTilesCategories.model_rebuild()
CategoryTilesCategoriesEdges.model_rebuild()
