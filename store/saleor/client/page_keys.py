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


PageKeys.model_rebuild()
PageKeysPages.model_rebuild()
PageKeysPagesEdges.model_rebuild()
