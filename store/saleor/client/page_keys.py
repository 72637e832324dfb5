from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class PageKeys(BaseModel):
    pages: Optional["PageKeysPages"]


class PageKeysPages(BaseModel):
    page_info: "PageKeysPagesPageInfo" = Field(alias="pageInfo")
    edges: list["PageKeysPagesEdges"]


class PageKeysPagesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PageKeysPagesEdges(BaseModel):
    node: "PageKeysPagesEdgesNode"


class PageKeysPagesEdgesNode(BaseModel):
    id: str
    slug: str
    title: str
    content: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")
    de: Optional["PageKeysPagesEdgesNodeDe"]
    es: Optional["PageKeysPagesEdgesNodeEs"]


class PageKeysPagesEdgesNodeDe(BaseModel):
    title: Optional[str]
    content: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


class PageKeysPagesEdgesNodeEs(BaseModel):
    title: Optional[str]
    content: Optional[str]
    seo_title: Optional[str] = Field(alias="seoTitle")
    seo_description: Optional[str] = Field(alias="seoDescription")


PageKeys.model_rebuild()
PageKeysPages.model_rebuild()
PageKeysPagesEdges.model_rebuild()
PageKeysPagesEdgesNode.model_rebuild()
