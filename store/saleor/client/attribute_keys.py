from typing import Optional

from pydantic import Field

from .base_model import BaseModel


class AttributeKeys(BaseModel):
    attributes: Optional["AttributeKeysAttributes"]


class AttributeKeysAttributes(BaseModel):
    page_info: "AttributeKeysAttributesPageInfo" = Field(alias="pageInfo")
    edges: list["AttributeKeysAttributesEdges"]


class AttributeKeysAttributesPageInfo(BaseModel):
    has_next_page: bool = Field(alias="hasNextPage")
    end_cursor: Optional[str] = Field(alias="endCursor")


class AttributeKeysAttributesEdges(BaseModel):
    node: "AttributeKeysAttributesEdgesNode"


class AttributeKeysAttributesEdgesNode(BaseModel):
    id: str
    slug: str
    de: Optional["AttributeKeysAttributesEdgesNodeDe"]
    es: Optional["AttributeKeysAttributesEdgesNodeEs"]
    choices: Optional["AttributeKeysAttributesEdgesNodeChoices"]


class AttributeKeysAttributesEdgesNodeDe(BaseModel):
    name: str


class AttributeKeysAttributesEdgesNodeEs(BaseModel):
    name: str


class AttributeKeysAttributesEdgesNodeChoices(BaseModel):
    edges: list["AttributeKeysAttributesEdgesNodeChoicesEdges"]


class AttributeKeysAttributesEdgesNodeChoicesEdges(BaseModel):
    node: "AttributeKeysAttributesEdgesNodeChoicesEdgesNode"


class AttributeKeysAttributesEdgesNodeChoicesEdgesNode(BaseModel):
    id: str
    name: Optional[str]
    de: Optional["AttributeKeysAttributesEdgesNodeChoicesEdgesNodeDe"]
    es: Optional["AttributeKeysAttributesEdgesNodeChoicesEdgesNodeEs"]


class AttributeKeysAttributesEdgesNodeChoicesEdgesNodeDe(BaseModel):
    name: str


class AttributeKeysAttributesEdgesNodeChoicesEdgesNodeEs(BaseModel):
    name: str


AttributeKeys.model_rebuild()
AttributeKeysAttributes.model_rebuild()
AttributeKeysAttributesEdges.model_rebuild()
AttributeKeysAttributesEdgesNode.model_rebuild()
AttributeKeysAttributesEdgesNodeChoices.model_rebuild()
AttributeKeysAttributesEdgesNodeChoicesEdges.model_rebuild()
AttributeKeysAttributesEdgesNodeChoicesEdgesNode.model_rebuild()
