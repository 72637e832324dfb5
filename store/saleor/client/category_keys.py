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
    name: str
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    de: Optional["CategoryKeysCategoriesEdgesNodeDe"]
    es: Optional["CategoryKeysCategoriesEdgesNodeEs"]


class CategoryKeysCategoriesEdgesNodeDe(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


class CategoryKeysCategoriesEdgesNodeEs(BaseModel):
    name: Optional[str]
    description: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


CategoryKeys.model_rebuild()
CategoryKeysCategories.model_rebuild()
CategoryKeysCategoriesEdges.model_rebuild()
CategoryKeysCategoriesEdgesNode.model_rebuild()
