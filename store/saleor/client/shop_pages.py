from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class ShopPages(BaseModel):
    pages: Optional["ShopPagesPages"]


class ShopPagesPages(BaseModel):
    page_info: "ShopPagesPagesPageInfo" = Field(alias="pageInfo")
    edges: list["ShopPagesPagesEdges"]


class ShopPagesPagesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class ShopPagesPagesEdges(BaseModel):
    node: "ShopPagesPagesEdgesNode"


class ShopPagesPagesEdgesNode(BaseModel):
    slug: str
    title: str
    content: Optional[str]
    is_published: bool = Field(alias="isPublished")
    page_type: "ShopPagesPagesEdgesNodePageType" = Field(alias="pageType")
    german: Optional["ShopPagesPagesEdgesNodeGerman"]
    spanish: Optional["ShopPagesPagesEdgesNodeSpanish"]


class ShopPagesPagesEdgesNodePageType(BaseModel):
    slug: str


class ShopPagesPagesEdgesNodeGerman(BaseModel):
    content: Optional[str]


class ShopPagesPagesEdgesNodeSpanish(BaseModel):
    content: Optional[str]


ShopPages.model_rebuild()
ShopPagesPages.model_rebuild()
ShopPagesPagesEdges.model_rebuild()
ShopPagesPagesEdgesNode.model_rebuild()
