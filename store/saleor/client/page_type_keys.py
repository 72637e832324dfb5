from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class PageTypeKeys(BaseModel):
    page_types: Optional["PageTypeKeysPageTypes"] = Field(alias="pageTypes")


class PageTypeKeysPageTypes(BaseModel):
    page_info: "PageTypeKeysPageTypesPageInfo" = Field(alias="pageInfo")
    edges: list["PageTypeKeysPageTypesEdges"]


class PageTypeKeysPageTypesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class PageTypeKeysPageTypesEdges(BaseModel):
    node: "PageTypeKeysPageTypesEdgesNode"


class PageTypeKeysPageTypesEdgesNode(BaseModel):
    id: str
    slug: str


PageTypeKeys.model_rebuild()
PageTypeKeysPageTypes.model_rebuild()
PageTypeKeysPageTypesEdges.model_rebuild()
