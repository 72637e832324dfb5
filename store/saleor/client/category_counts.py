from typing import Optional

from pydantic import Field

from .base_model import BaseModel
from .fragments import CategoryCount


class CategoryCounts(BaseModel):
    categories: Optional["CategoryCountsCategories"]


class CategoryCountsCategories(BaseModel):
    page_info: "CategoryCountsCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["CategoryCountsCategoriesEdges"]


class CategoryCountsCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CategoryCountsCategoriesEdges(BaseModel):
    node: "CategoryCountsCategoriesEdgesNode"


CategoryCountsCategoriesEdgesNode = CategoryCount
CategoryCounts.model_rebuild()
CategoryCountsCategories.model_rebuild()
CategoryCountsCategoriesEdges.model_rebuild()
