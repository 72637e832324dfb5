from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class CategoryKeys(BaseModel):
    categories: Optional["CategoryKeysCategories"]


class CategoryKeysCategories(BaseModel):
    page_info: "CategoryKeysCategoriesPageInfo" = Field(alias="pageInfo")
    edges: list["CategoryKeysCategoriesEdges"]


class CategoryKeysCategoriesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CategoryKeysCategoriesEdges(BaseModel):
    node: "CategoryKeysCategoriesEdgesNode"


class CategoryKeysCategoriesEdgesNode(BaseModel):
    id: str
    slug: str


CategoryKeys.model_rebuild()
CategoryKeysCategories.model_rebuild()
CategoryKeysCategoriesEdges.model_rebuild()
