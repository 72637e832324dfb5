from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class CollectionKeys(BaseModel):
    collections: Optional["CollectionKeysCollections"]


class CollectionKeysCollections(BaseModel):
    page_info: "CollectionKeysCollectionsPageInfo" = Field(alias="pageInfo")
    edges: list["CollectionKeysCollectionsEdges"]


class CollectionKeysCollectionsPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class CollectionKeysCollectionsEdges(BaseModel):
    node: "CollectionKeysCollectionsEdgesNode"


class CollectionKeysCollectionsEdgesNode(BaseModel):
    id: str
    slug: str
    name: str
    description: Optional[str]
    de: Optional["CollectionKeysCollectionsEdgesNodeDe"]
    es: Optional["CollectionKeysCollectionsEdgesNodeEs"]


class CollectionKeysCollectionsEdgesNodeDe(BaseModel):
    name: Optional[str]
    description: Optional[str]


class CollectionKeysCollectionsEdgesNodeEs(BaseModel):
    name: Optional[str]
    description: Optional[str]


CollectionKeys.model_rebuild()
CollectionKeysCollections.model_rebuild()
CollectionKeysCollectionsEdges.model_rebuild()
CollectionKeysCollectionsEdgesNode.model_rebuild()
